package io.porchlight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.camunda.client.annotation.JobWorker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;

/** The house rules that a compiler cannot know. */
@AnalyzeClasses(packages = "io.porchlight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_JOURNEYS_KNOW_CAMUNDA = noClasses()
            .that()
            .resideOutsideOfPackage("io.porchlight.journeys")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.camunda..", "org.camunda..");

    @ArchTest
    static final ArchRule ONLY_NOTIFICATIONS_BOUNCES_AND_THE_MAILBOX_KNOW_MAIL = noClasses()
            .that()
            .resideOutsideOfPackages("io.porchlight.notifications", "io.porchlight.bounces", "io.porchlight.mailbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..", "com.icegreen..", "org.simplejavamail..");

    @ArchTest
    static final ArchRule ONLY_LETTERS_AND_THE_LIVE_PAGE_KNOW_THE_TEMPLATE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackages("io.porchlight.notifications", "io.porchlight.tracking")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.thymeleaf..");

    @ArchTest
    static final ArchRule WORKERS_CAN_BE_CALLED_BY_CAMUNDAS_STARTER = methods()
            .that()
            .areAnnotatedWith(JobWorker.class)
            .should()
            .bePublic()
            .andShould()
            .beDeclaredInClassesThat()
            .arePublic();

    @ArchTest
    static final ArchRule NOBODY_CALLS_A_CONTROLLER =
            classes().that().areMetaAnnotatedWith(Controller.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule WHAT_A_CLASS_NEEDS_COMES_THROUGH_ITS_CONSTRUCTOR = fields().should()
            .notBeAnnotatedWith(Autowired.class)
            .andShould()
            .notBeAnnotatedWith(Value.class)
            .andShould()
            .notBeAnnotatedWith("jakarta.inject.Inject")
            .andShould()
            .notBeAnnotatedWith("jakarta.annotation.Resource");

    @ArchTest
    static final ArchRule NOTHING_IS_CALLED_AFTER_ITS_PATTERN =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Dto|Mapper|Constants)");

    @Test
    void theArrowsBetweenPackagesAreTheOnesDeclared() {
        ApplicationModules.of(Porchlight.class).verify();
    }
}
