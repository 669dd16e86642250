package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What docs/webhooks.md tells people to paste is accepted, with the secrets that it configures. */
@WithWebhooks
@TestPropertySource(
        properties = {
            "porchlight.webhooks.shopify.bottega.secrets=my-shopify-secret",
            "porchlight.webhooks.woocommerce.bottega.secrets=my-woocommerce-secret",
            "porchlight.webhooks.easypost.bottega.secrets=my-easypost-secret",
            "porchlight.webhooks.aftership.bottega.secrets=my-aftership-secret",
            "porchlight.webhooks.standard.bottega.secrets=whsec_bXktc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0",
            "porchlight.webhooks.cloudevents.bottega.secrets=my-cloudevents-token"
        })
class DocumentedCurlTest {

    private static final Path PAGE = Path.of("docs/webhooks.md");
    private static final Pattern EXAMPLE = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final KeyPair KEYS = keys();

    private final Environment environment;

    DocumentedCurlTest(Environment environment) {
        this.environment = environment;
    }

    @DynamicPropertySource
    static void shipStationsKey(DynamicPropertyRegistry properties) {
        properties.add(
                "porchlight.webhooks.shipstation.bottega.secrets[0]",
                () -> Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    }

    @Test
    void everyExampleIsAccepted(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("shipstation.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(KEYS.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        var examples = examples();

        assertThat(examples).hasSize(7);
        for (String example : examples) {
            assertThat(run(folder, example)).as(example).endsWith("{\"signals\":1}");
        }
    }

    private List<String> examples() throws IOException {
        var found = new ArrayList<String>();
        var matcher = EXAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            found.add(matcher.group(1)
                    .replace(
                            "http://localhost:8080",
                            "http://127.0.0.1:" + environment.getProperty("local.server.port")));
        }
        return found;
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
