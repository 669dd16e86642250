package io.porchlight.api;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.AbstractServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;

/** The door of the team's studio: sign-in by a form, and a token against forgery on everything that changes. */
@Configuration(proxyBeanMethods = false)
class StudioDoor {

    private static final String SIGN_IN = "/studio/sign-in";
    private static final String HTMX = "HX-Request";

    /** No script and no style but our own files: what a signal holds can do nothing in these pages. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(6)
    SecurityFilterChain studio(HttpSecurity http) throws Exception {
        return http.securityMatcher("/studio", "/studio/**")
                .addFilterBefore(new FileForm(), CsrfFilter.class)
                .addFilterBefore(
                        new SignInLimits(SIGN_IN, TimeMeter.SYSTEM_MILLISECONDS),
                        UsernamePasswordAuthenticationFilter.class)
                .headers(headers -> headers.frameOptions(frame -> frame.deny())
                        .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .defaultSuccessUrl("/studio")
                        .failureUrl(SIGN_IN + "?wrong")
                        .permitAll())
                .logout(out -> out.logoutUrl("/studio/sign-out").logoutSuccessUrl(SIGN_IN + "?bye"))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/studio/assets/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(handling -> handling.accessDeniedHandler(StudioDoor::denied)
                        .defaultAuthenticationEntryPointFor(
                                (request, response, why) -> again(response), new RequestHeaderRequestMatcher(HTMX)))
                .build();
    }

    /** Only the studio has sessions; their cookie goes nowhere else. */
    @Bean
    WebServerFactoryCustomizer<AbstractServletWebServerFactory> sessions(Environment environment) {
        boolean https = "https"
                .equals(URI.create(environment.getProperty("porchlight.public-url", ""))
                        .getScheme());
        return factory -> {
            var session = factory.getSession();
            session.setTimeout(Duration.ofHours(8));
            session.getCookie().setName("porchlight-studio");
            session.getCookie().setPath("/studio");
            session.getCookie().setHttpOnly(true);
            session.getCookie().setSameSite(SameSite.LAX);
            if (https) {
                session.getCookie().setSecure(true);
            }
        };
    }

    /** A form that was open over night has an old token: whoever sent it signs in again. */
    private static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (!(why instanceof CsrfException)) {
            response.sendError(HttpStatus.FORBIDDEN.value());
        } else if (request.getHeader(HTMX) != null) {
            again(response);
        } else {
            response.sendRedirect(SIGN_IN + "?again");
        }
    }

    /** A part of a page cannot hold the sign-in; htmx takes the whole page there. */
    private static void again(HttpServletResponse response) {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader("HX-Redirect", SIGN_IN + "?again");
    }
}
