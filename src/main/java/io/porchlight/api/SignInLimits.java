package io.porchlight.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How many wrong passwords may be tried at the studio's door: by one network address, and for one name. A name is never
 * locked: whoever guesses from many addresses slows down others from new addresses by seconds, and nobody at an address from
 * which that name has signed in before. Each limit remembers so many and no more.
 */
final class SignInLimits extends OncePerRequestFilter {

    /** Tells the sign-in page how many seconds to wait. */
    static final String WAIT = "wait";

    private static final int LONGEST = 64;
    private static final int REMEMBERED = 20_000;
    private static final Bandwidth PER_ADDRESS = Bandwidth.builder()
            .capacity(10)
            .refillGreedy(10, Duration.ofMinutes(10))
            .build();
    private static final Bandwidth PER_NAME = Bandwidth.builder()
            .capacity(20)
            .refillGreedy(1, Duration.ofSeconds(10))
            .build();

    private final String path;
    private final TimeMeter time;
    private final Cache<String, Bucket> addresses = memory(Duration.ofHours(1));
    private final Cache<String, Bucket> names = memory(Duration.ofHours(1));
    private final Cache<String, Boolean> known = memory(Duration.ofDays(30));

    SignInLimits(String path, TimeMeter time) {
        this.path = path;
        this.time = time;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod())
                || !path.equals(request.getRequestURI()
                        .substring(request.getContextPath().length()));
    }

    /** A try is counted before it is made, and what was right is given back: many at the same moment gain nothing. */
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String network = network(request.getRemoteAddr());
        String name = plain(request.getParameter("username"));
        String both = network + " " + name;
        var address = bucket(addresses, network, PER_ADDRESS);
        var guessed = bucket(names, name, PER_NAME);
        boolean unknown = known.getIfPresent(both) == null;
        long wait = take(address);
        if (wait == 0 && unknown) {
            wait = take(guessed);
            if (wait > 0) {
                address.addTokens(1);
            }
        }
        if (wait > 0) {
            refuse(Duration.ofNanos(wait), request, response);
            return;
        }
        chain.doFilter(request, response);
        if (SecurityContextHolder.getContext().getAuthentication() != null) {
            address.addTokens(1);
            if (unknown) {
                guessed.addTokens(1);
            }
            known.put(both, true);
        }
    }

    /** The sign-in page itself says it, in its own words. */
    private void refuse(Duration wait, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        long seconds = wait.toSeconds() + 1;
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        request.setAttribute(WAIT, seconds);
        var looks = new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return HttpMethod.GET.name();
            }
        };
        request.getRequestDispatcher(path).forward(looks, response);
    }

    /** @return how long to wait, in nanoseconds; 0 when it may be tried now */
    private static long take(Bucket bucket) {
        return bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
    }

    private Bucket bucket(Cache<String, Bucket> buckets, String key, Bandwidth limit) {
        return Objects.requireNonNull(buckets.get(
                key,
                first -> Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit)
                        .build()));
    }

    private static String plain(@Nullable String name) {
        String plain = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    /** Whoever has one address of IPv6 has the other 2^64 of its network too. */
    private static String network(String address) {
        return address.indexOf(':') < 0
                ? address
                : Arrays.stream(address.split(":", -1)).limit(4).collect(Collectors.joining(":"));
    }

    private static <V> Cache<String, V> memory(Duration age) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(age)
                .build();
    }
}
