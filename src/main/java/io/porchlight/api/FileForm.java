package io.porchlight.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes a form with a file apart while it comes in: fields before the file become parameters, the file becomes the body. So
 * the token against forgery is checked as in any other form before the file is read, and the file is never held.
 */
class FileForm extends OncePerRequestFilter {

    private static final int LONGEST_FIELD = 8_192;
    private static final int MOST_FIELDS = 20;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !JakartaServletFileUpload.isMultipartContent(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var fields = new LinkedHashMap<String, String[]>();
        InputStream file;
        try {
            file = readUpToFile(new JakartaServletFileUpload<>().getItemIterator(request), fields);
        } catch (FileUploadException broken) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        chain.doFilter(new Opened(request, fields, file), response);
    }

    private static InputStream readUpToFile(FileItemInputIterator parts, Map<String, String[]> fields)
            throws IOException {
        while (parts.hasNext() && fields.size() < MOST_FIELDS) {
            var part = parts.next();
            if (!part.isFormField()) {
                return part.getInputStream();
            }
            try (var in = part.getInputStream()) {
                fields.putIfAbsent(part.getFieldName(), new String[] {new String(in.readNBytes(LONGEST_FIELD), UTF_8)});
            }
        }
        return InputStream.nullInputStream();
    }

    private static class Opened extends HttpServletRequestWrapper {

        private final Map<String, String[]> fields;
        private final InputStream file;

        Opened(HttpServletRequest request, Map<String, String[]> fields, InputStream file) {
            super(request);
            this.fields = fields;
            this.file = file;
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = fields.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return fields.get(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(fields);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(fields.keySet());
        }

        @Override
        public ServletInputStream getInputStream() {
            return new File(file);
        }
    }

    private static class File extends ServletInputStream {

        private final InputStream in;

        File(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("A file is read by the one who waits for it");
        }
    }
}
