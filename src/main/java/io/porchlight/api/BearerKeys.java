package io.porchlight.api;

import io.porchlight.brands.Brands;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a request in as the brand whose API key it carries (RFC 6750, 2.1). */
class BearerKeys extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final Brands brands;

    BearerKeys(Brands brands) {
        this.brands = brands;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            brands.openedBy(header.substring(SCHEME.length()).strip()).ifPresent(BearerKeys::letIn);
        }
        chain.doFilter(request, response);
    }

    private static void letIn(String brand) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(brand, "", List.of()));
        SecurityContextHolder.setContext(context);
    }
}
