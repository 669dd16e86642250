package io.porchlight.api;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells senders to come back later while the database is behind, before what they bring piles up in memory. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 11)
class Crowd extends OncePerRequestFilter {

    private static final String SOON = "1";

    /** Customers' replies: a "STOP" is heard however many wait, and providers of texts do not come back. */
    private static final String TEXTS = "/webhooks/texts/";

    private final @Nullable HikariDataSource pool;
    private final IntakeSettings settings;
    private final Problems problems;

    Crowd(DataSource database, IntakeSettings settings, Problems problems) throws SQLException {
        this.pool = database.isWrapperFor(HikariDataSource.class) ? database.unwrap(HikariDataSource.class) : null;
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (bringsSomething(request) && behind()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
            problems.write(
                    response,
                    ProblemDetail.forStatusAndDetail(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "More comes in than can be written down; nothing of this was, please send it again"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean bringsSomething(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !HttpMethod.GET.matches(request.getMethod())
                && (path.startsWith("/api/") || (path.startsWith("/webhooks/") && !path.startsWith(TEXTS)));
    }

    private boolean behind() {
        var connections = pool == null ? null : pool.getHikariPoolMXBean();
        return connections != null && connections.getThreadsAwaitingConnection() >= settings.mostWaiting();
    }
}
