package io.porchlight;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** What is written outside of a transaction is not on disk when the statement returns, see {@link SharedCommits}. */
@AnalyzeClasses(packages = "io.porchlight", importOptions = DoNotIncludeTests.class)
class TransactionsTest {

    private static final Set<String> CHANGES = Set.of("update", "batchUpdate", "execute");

    @ArchTest
    static final ArchRule WHOEVER_WRITES_IS_IN_A_TRANSACTION = methods().should(new ArchCondition<>("write in one") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            if (method.getMethodCallsFromSelf().stream().anyMatch(call -> writes(call.getTarget()))) {
                outsideOfOne(method, new HashSet<>())
                        .forEach(door -> events.add(violated(
                                door, door.getFullName() + " writes and is not transactional (" + method + ")")));
            }
        }
    });

    private static boolean writes(MethodCallTarget called) {
        return (called.getOwner().isEquivalentTo(StatementSpec.class)
                        && called.getName().equals("update"))
                || (called.getOwner().isAssignableTo(JdbcOperations.class) && CHANGES.contains(called.getName()));
    }

    /** A call from the same class does not pass through the proxy that begins transactions. */
    private static Set<JavaCodeUnit> outsideOfOne(JavaCodeUnit writer, Set<JavaCodeUnit> seen) {
        var found = new HashSet<JavaCodeUnit>();
        if (!seen.add(writer) || beginsOne(writer)) {
            return found;
        }
        if (!annotated(writer) && !writer.getModifiers().contains(JavaModifier.PRIVATE)) {
            found.add(writer);
        }
        writer.getAccessesToSelf().stream()
                .map(JavaAccess::getOrigin)
                .filter(caller -> outermost(caller.getOwner()).equals(outermost(writer.getOwner())))
                .forEach(caller -> found.addAll(outsideOfOne(caller, seen)));
        return found;
    }

    private static boolean annotated(JavaCodeUnit method) {
        return method.isAnnotatedWith(Transactional.class) || method.getOwner().isAnnotatedWith(Transactional.class);
    }

    private static boolean beginsOne(JavaCodeUnit method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isAssignableTo(TransactionOperations.class));
    }

    private static JavaClass outermost(JavaClass one) {
        return one.getEnclosingClass().map(TransactionsTest::outermost).orElse(one);
    }
}
