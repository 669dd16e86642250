package io.porchlight.api;

import io.porchlight.brands.Brands;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Which door opens to whom. */
@Configuration(proxyBeanMethods = false)
class Doors {

    /** Watching every single filter of every request cost as much as the filters; requests themselves are still measured. */
    @Bean
    SecurityObservationSettings unwatched() {
        return SecurityObservationSettings.noObservations();
    }

    /** {@code /api/**}: a bearer key of a brand. */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, Brands brands, Problems problems) throws Exception {
        return http.securityMatcher("/api/**")
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new BearerKeys(brands), BasicAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, why) -> {
                    response.setHeader("WWW-Authenticate", "Bearer");
                    problems.write(
                            response,
                            ProblemDetail.forStatusAndDetail(
                                    HttpStatus.UNAUTHORIZED,
                                    "Send your brand's API key as \"Authorization: Bearer <key>\""));
                }))
                .build();
    }

    /** Health is open, metrics are for who is on the machine or behind the operator's proxy. */
    @Bean
    @Order(2)
    SecurityFilterChain actuator(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * Customers' pages, which say themselves who may frame and keep them: nobody. A forged post would need the token, which
     * is the whole secret; and the pages refuse what a browser says another site has posted.
     */
    @Bean
    @Order(3)
    SecurityFilterChain customerPages(HttpSecurity http) throws Exception {
        return unframed(forgetful(http, "/t/**", "/s/**", "/lost")).build();
    }

    /**
     * Unsubscribe and preferences: whoever has the link may read and write. A forged post gains nothing: no cookie or session
     * comes along that it could abuse, and the token in the address, which it would need, is the whole secret. Mail clients
     * post without ever having seen a page (RFC 8058), so there cannot be another one.
     */
    @Bean
    @Order(4)
    SecurityFilterChain letterLinks(HttpSecurity http) throws Exception {
        return unframed(forgetful(http, "/u/*", "/p/*")).build();
    }

    /** Who speaks here proves it by a signature or a secret that its source asks for; no cookie or session comes along. */
    @Bean
    @Order(5)
    SecurityFilterChain webhooks(HttpSecurity http) throws Exception {
        return forgetful(http, "/webhooks/**").build();
    }

    /** Open to everybody, who show in each request by themselves what they may do; nothing is remembered of them. */
    private static HttpSecurity forgetful(HttpSecurity http, String... paths) throws Exception {
        return http.securityMatcher(paths)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    }

    private static HttpSecurity unframed(HttpSecurity http) throws Exception {
        return http.headers(headers -> headers.frameOptions(frame -> frame.deny())
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /** Pages: read by everybody who has the link, written by nobody. */
    @Bean
    @Order(SecurityProperties.BASIC_AUTH_ORDER)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.frameOptions(frame -> frame.sameOrigin())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Shops' order ids hold slashes and percent signs; encoded, they are data and not paths. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        return firewall;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling("passthrough");
            connector.setEncodedReverseSolidusHandling("passthrough");
        });
    }
}
