package io.porchlight.studio;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Somebody with a browser that knows no JavaScript. */
final class Visitor {

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String origin;

    Visitor(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    Document page(String path) {
        return Jsoup.parse(get(path).body(), origin);
    }

    /** Fills in the first form of a page that leads there, and follows where it leads. */
    HttpResponse<String> fillIn(String page, String action, Map<String, String> values) {
        var form = page(page).expectFirst("form[action=" + action + "]");
        var all = new java.util.LinkedHashMap<String, String>();
        form.select("input[type=hidden]").forEach(hidden -> all.put(hidden.attr("name"), hidden.attr("value")));
        all.putAll(values);
        return followed(post(action, all));
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey(), UTF_8) + "=" + encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Sends a form of a page as somebody would who sits elsewhere. */
    HttpResponse<String> postFrom(String address, String page, String action, Map<String, String> values) {
        var all = new java.util.LinkedHashMap<>(values);
        page(page)
                .expectFirst("form[action=" + action + "]")
                .select("input[type=hidden]")
                .forEach(hidden -> all.put(hidden.attr("name"), hidden.attr("value")));
        return send(request(action)
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(all))));
    }

    /** Fields first, then the file, as browsers do it. */
    HttpResponse<String> upload(String path, Map<String, String> fields, String file) {
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append("--x\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        body.append("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"orders.csv\"\r\n\r\n")
                .append(file)
                .append("\r\n--x--\r\n");
        return followed(send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    void signIn() {
        fillIn("/studio/sign-in", "/studio/sign-in", Map.of("username", "anna", "password", StudioRunning.PASSWORD));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError("No answer at all", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin).resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> followed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").map(this::get).orElse(answer);
    }
}
