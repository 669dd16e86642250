package io.porchlight.orders;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Exactly one email address: no line breaks, lists, groups, routes or address literals (RFC 5321, 2.3.11). */
@Email
@Size(max = 254)
@Pattern(regexp = "[^\\p{Cc}\\p{Cs}\\p{Z}<>\\[\\]()\\\\,;:\"]+@[^\\p{Cc}\\p{Cs}\\p{Z}<>\\[\\]()\\\\,;:\"]+")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER})
@interface MailAddress {

    String message() default "must be one email address, such as bob@example.com";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
