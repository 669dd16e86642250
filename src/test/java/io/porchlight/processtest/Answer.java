package io.porchlight.processtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** What goes back over the wire. */
record Answer(int status, String contentType, String body) {

    private static final ObjectMapper json = new ObjectMapper();

    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", json.valueToTree(value).toString());
    }

    static Answer xml(String body) {
        return new Answer(200, "text/xml", body);
    }

    static Answer notFound() {
        return problem(404, "NOT_FOUND", "no such thing in this engine");
    }

    static Answer problem(int status, String title, @Nullable String detail) {
        String body = json.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", "/")
                .toString();
        return new Answer(status, "application/problem+json", body);
    }
}
