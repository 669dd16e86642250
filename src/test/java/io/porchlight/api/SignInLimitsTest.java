package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Guessing passwords at the studio's door takes for ever, and keeps nobody else out. */
class SignInLimitsTest {

    private static final String HOME = "198.51.100.7";

    /** Stands still until the test lets it pass. */
    private static final class Time implements TimeMeter {

        private long now = TimeUnit.DAYS.toNanos(1);

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }

        void passes(Duration duration) {
            now += duration.toNanos();
        }
    }

    private final Time time = new Time();
    private final SignInLimits limits = new SignInLimits("/studio/sign-in", time);

    @AfterEach
    void nobodyIsSignedIn() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void afterTenWrongPasswordsAnAddressWaitsAMinuteForTheNext() throws Exception {
        for (int n = 0; n < 10; n++) {
            assertThat(guesses("203.0.113.1", "name-" + n)).isZero();
        }
        assertThat(guesses("203.0.113.1", "anna")).isBetween(50L, 61L);
        assertThat(signsIn("203.0.113.1", "anna"))
                .as("nor is the right one tried")
                .isPositive();
        assertThat(signsIn(HOME, "anna")).isZero();

        time.passes(Duration.ofSeconds(61));

        assertThat(guesses("203.0.113.1", "anna")).isZero();
        assertThat(guesses("203.0.113.1", "anna")).isPositive();
    }

    @Test
    void guessersFromManyAddressesSlowDownOneNameAndNobodyWhoSignedInBefore() throws Exception {
        assertThat(signsIn(HOME, "anna")).isZero();
        for (int n = 0; n < 20; n++) {
            assertThat(guesses("203.0.113." + n, "anna")).isZero();
        }

        assertThat(guesses("203.0.113.100", "Anna ")).isBetween(1L, 11L);
        assertThat(signsIn("192.0.2.1", "anna"))
                .as("a new address waits for seconds")
                .isBetween(1L, 11L);
        assertThat(signsIn(HOME, "anna")).as("a known one does not").isZero();
        assertThat(signsIn("192.0.2.1", "berta")).as("nor do others").isZero();

        time.passes(Duration.ofSeconds(11));
        assertThat(signsIn("192.0.2.1", "anna")).isZero();
    }

    @Test
    void whoKnowsThePasswordMaySignInAsOftenAsTheyLike() throws Exception {
        for (int n = 0; n < 50; n++) {
            assertThat(signsIn(HOME, "anna")).isZero();
        }
    }

    @Test
    void allAddressesOfOneNetworkOfIPv6CountAsOne() throws Exception {
        for (int n = 0; n < 10; n++) {
            assertThat(guesses("2001:db8:1:2:0:0:0:" + n, "name-" + n)).isZero();
        }
        assertThat(guesses("2001:db8:1:2:ffff:0:0:1", "anna")).isPositive();
        assertThat(guesses("2001:db8:1:3:0:0:0:1", "anna")).isZero();
    }

    @Test
    void onlyTriesAreCounted() throws Exception {
        for (int n = 0; n < 50; n++) {
            var response = new MockHttpServletResponse();
            limits.doFilter(from("203.0.113.1", "GET", "/studio/sign-in", ""), response, (request, answer) -> {});
            limits.doFilter(from("203.0.113.1", "POST", "/studio/imports", ""), response, (request, answer) -> {});
            assertThat(response.getStatus()).isEqualTo(200);
        }
    }

    private long guesses(String address, String name) throws Exception {
        return tries(address, name, (request, response) -> SecurityContextHolder.clearContext());
    }

    private long signsIn(String address, String name) throws Exception {
        return tries(
                address,
                name,
                (request, response) ->
                        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(name, "")));
    }

    /** How many seconds it is asked to wait; 0 when it was tried. */
    private long tries(String address, String name, FilterChain door) throws Exception {
        SecurityContextHolder.clearContext();
        var response = new MockHttpServletResponse();
        limits.doFilter(from(address, "POST", "/studio/sign-in", name), response, door);
        if (response.getStatus() == 200) {
            return 0;
        }
        assertThat(response.getStatus()).isEqualTo(429);
        assertThat(response.getForwardedUrl()).isEqualTo("/studio/sign-in");
        return Long.parseLong(String.valueOf(response.getHeader("Retry-After")));
    }

    private static MockHttpServletRequest from(String address, String method, String path, String name) {
        var request = new MockHttpServletRequest(method, path);
        request.setRemoteAddr(address);
        request.setParameter("username", name);
        return request;
    }
}
