package io.porchlight.subscribers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.exceptions.WebhookSigningException;
import io.porchlight.subscribers.Answer.Gone;
import io.porchlight.subscribers.Answer.NotTaken;
import io.porchlight.subscribers.Answer.Taken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Calls subscribers: signed (Standard Webhooks 1.0), over checked addresses, never redirected, and not for long. */
@Component
class Line {

    /** The specification asks for 15 to 30 s. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final int MOST_READ = 4096;
    private static final int MOST_AT_ONCE = 200;

    private final Clock clock;
    private final Duration patience;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("subscribers-watch").daemon().factory());

    @Autowired
    Line(Subscribers subscribers, Clock clock) {
        this(subscribers.local(), clock, PATIENCE);
    }

    /**
     * A line of its own.
     *
     * @param anywhere whether it also reaches addresses that are not on the public internet
     */
    Line(boolean anywhere, Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClients.custom()
                .setConnectionManager(connections(anywhere, patience))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(Timeout.of(patience))
                        .build())
                .setUserAgent("Porchlight")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static HttpClientConnectionManager connections(boolean anywhere, Duration patience) {
        // Without limits, an endless header would fill our memory.
        var limits = Http1Config.custom()
                .setMaxHeaderCount(100)
                .setMaxLineLength(8192)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(anywhere ? SystemDefaultDnsResolver.INSTANCE : new PublicAddresses())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(Timeout.of(patience))
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .build())
                .setMaxConnPerRoute(Courier.AT_ONCE * 2)
                .setMaxConnTotal(MOST_AT_ONCE)
                .build();
    }

    /** Makes one attempt, which ends in time whatever the other side does. */
    Answer call(Subscriber subscriber, Announcement announcement) {
        HttpPost request;
        try {
            request = request(subscriber, announcement);
        } catch (WebhookSigningException broken) {
            return new NotTaken("it could not be signed: " + broken.getMessage(), null);
        }
        var deadline = watch.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        var url = subscriber.url();
        @Nullable Answer answer = null;
        try (var response =
                http.executeOpen(new HttpHost(url.getScheme(), url.getHost(), url.getPort()), request, null)) {
            answer = answer(response);
            readALittle(response, request);
        } catch (IOException | IllegalStateException broken) {
            // Whatever happens after the status changes nothing.
            answer = answer != null ? answer : new NotTaken(why(request, broken), null);
        } finally {
            deadline.cancel(false);
        }
        return answer;
    }

    private String why(HttpPost request, Exception broken) {
        return request.isCancelled()
                ? "it did not answer within " + patience.toSeconds() + " s"
                : "it could not be reached: " + broken.getMessage();
    }

    void close() {
        watch.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    private HttpPost request(Subscriber subscriber, Announcement announcement) throws WebhookSigningException {
        long now = clock.instant().getEpochSecond();
        var signatures = new ArrayList<String>();
        for (var signer : subscriber.signers()) {
            signatures.add(signer.sign(announcement.webhookId(), now, announcement.body()));
        }
        var request = new HttpPost(subscriber.url());
        request.setEntity(new StringEntity(announcement.body(), ContentType.APPLICATION_JSON.withCharset(UTF_8)));
        request.setHeader("webhook-id", announcement.webhookId());
        request.setHeader("webhook-timestamp", Long.toString(now));
        request.setHeader("webhook-signature", String.join(" ", signatures));
        return request;
    }

    private Answer answer(ClassicHttpResponse response) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return new Taken();
        }
        if (status == 410) {
            return new Gone();
        }
        boolean redirect = status >= 300 && status < 400;
        return new NotTaken(
                "it answered " + status + (redirect ? ", and redirects are not followed" : ""),
                RetryAfter.of(status, response.getFirstHeader("Retry-After"), clock.instant()));
    }

    /** As much as lets the connection be used again; who says more is hung up on. */
    private static void readALittle(ClassicHttpResponse response, HttpPost request) {
        try {
            if (response.getEntity() != null) {
                var body = response.getEntity().getContent();
                body.readNBytes(MOST_READ);
                if (body.read() >= 0) {
                    request.cancel();
                }
            }
        } catch (IOException broken) {
            request.cancel();
        }
    }
}
