package io.porchlight.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Nobody may carry in more than 2 MiB, whether they say so beforehand or not; only files of many orders are longer. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {

    /** A body without a length that turned out to be too large. */
    static class TooLarge extends IOException {}

    static final HttpStatus STATUS = HttpStatus.PAYLOAD_TOO_LARGE;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    /** Files, which are read line by line and measured there. */
    private static final Set<String> MEASURED_ELSEWHERE = Set.of("/api/orders:import", "/studio/imports");

    private final Problems problems;

    BodyLimit(Problems problems) {
        this.problems = problems;
    }

    static ProblemDetail problem() {
        var problem = ProblemDetail.forStatusAndDetail(STATUS, "The body is larger than 2 MiB");
        problem.setProperty("field", "body");
        return problem;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (MEASURED_ELSEWHERE.contains(request.getServletPath())) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > MOST_BYTES) {
            problems.write(response, problem());
        } else {
            chain.doFilter(new Counted(request), response);
        }
    }

    private static class Counted extends HttpServletRequestWrapper {

        Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream());
        }
    }

    private static class CountedStream extends ServletInputStream {

        private final ServletInputStream body;
        private long read;

        CountedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = body.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int bytes) throws TooLarge {
            read += bytes;
            if (read > MOST_BYTES) {
                throw new TooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
