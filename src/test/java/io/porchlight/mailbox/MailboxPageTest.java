package io.porchlight.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(
        controllers = MailboxPage.class,
        excludeAutoConfiguration = SecurityAutoConfiguration.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io.porchlight.(privacy|studio|tracking|api.Crowd).*"))
@Import({Mailbox.class, Letters.class})
class MailboxPageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").format(NOON.atZone(ZoneId.systemDefault()));

    @Autowired
    MockMvc mvc;

    @Value("${spring.mail.port}")
    int port;

    @Test
    void listsTheNewestLetterFirst() throws Exception {
        send("bob@example.com", "Your first order", "<p>Hello</p>");
        send("jane@example.com", "Your first order", "<p>Hello</p>");

        assertThat(page("/mailbox?q=your%20first%20order").select("li").eachText())
                .containsExactly(
                        "jane@example.com Your first order " + TIME, "bob@example.com Your first order " + TIME);
        assertThat(page("/mailbox").select("li").eachText()).startsWith("jane@example.com Your first order " + TIME);
    }

    @Test
    void renewsItselfUnlessSomeoneSearches() throws Exception {
        assertThat(page("/mailbox").select("meta[http-equiv=refresh]")).hasSize(1);
        assertThat(page("/mailbox?q=").select("meta[http-equiv=refresh]")).isEmpty();
    }

    @Test
    void leadsToThePhoneOnlyWhereThereIsOne() throws Exception {
        assertThat(page("/mailbox").select("a[href=/mailbox/phone]")).isEmpty();
    }

    @Test
    void findsLettersByRecipientAndSubject() throws Exception {
        send("zoe@example.com", "We cut your leather", "<p>Hello</p>");

        assertThat(page("/mailbox?q=ZOE").select("li")).hasSize(1);
        assertThat(page("/mailbox?q=cut%20your").select("li")).hasSize(1);
        assertThat(page("/mailbox?q=porch").text()).contains("Nothing found");
    }

    @Test
    void showsHtmlInASandboxThatRunsNothing() throws Exception {
        var path = send(
                "bob@example.com",
                "Your order",
                "<html><head></head><body><a href='https://shop.example'>Hello</a></body>");

        var frame = Objects.requireNonNull(page(path).selectFirst("iframe"));
        assertThat(frame.attr("src")).isEqualTo(path + "/html");
        assertThat(List.of(frame.attr("sandbox").split(" ")))
                .containsExactlyInAnyOrder("allow-popups", "allow-popups-to-escape-sandbox");
    }

    @Test
    void servesTheLetterWithAPolicyOfItsOwn() throws Exception {
        var path = send(
                "bob@example.com",
                "Your order",
                "<html><head></head><body><script>alert(1)</script>Hello</body></html>");

        var letter = ask(path + "/html");
        assertThat(letter.getHeaders("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox allow-popups")
                .contains("default-src 'none'", "frame-ancestors 'self'")
                .doesNotContain("script", "allow-same-origin");
        assertThat(letter.getContentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(letter.getContentAsString()).startsWith("<html><head><base target=\"_blank\"></head>");
    }

    @Test
    void showsHostileHeadersAsText() throws Exception {
        var attack = "<script>alert('x')</script><img src=x onerror=alert(1)>";
        var path = send("\"" + attack.replace("\"", "") + "\" <bob@example.com>", attack, attack);

        for (var shown : List.of("/mailbox", path, path + "?view=text", path + "?view=source")) {
            var page = page(shown);
            assertThat(page.select("script, img")).as(shown).isEmpty();
            assertThat(page.text()).as(shown).contains("<script>alert('x')</script>");
        }
    }

    @Test
    void searchWordsCannotBreakOutOfThePage() throws Exception {
        var page = Jsoup.parse(mvc.perform(get("/mailbox").param("q", "\"><script>alert(1)</script>"))
                .andReturn()
                .getResponse()
                .getContentAsString());
        assertThat(page.select("script")).isEmpty();
    }

    @Test
    void servesTextAndSourceAsPlainText() throws Exception {
        var path = send("bob@example.com", "Your order", "<script>alert(1)</script>");

        for (var part : List.of("/text", "/source")) {
            var answer = ask(path + part);
            assertThat(answer.getContentType()).isEqualTo("text/plain;charset=UTF-8");
            assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(ask(path + "/text").getContentAsString()).contains("In plain words: è già pronto");
        assertThat(ask(path + "/source").getContentAsString()).contains("Subject: Your order", "multipart/alternative");
    }

    @Test
    void showsALetterOfBytesThatNobodyCanRead() throws Exception {
        var sender = sender();
        var bytes = """
                From: a@example.com
                To: =?x-none?Q?b?=
                Subject: =?broken
                Content-Type: text/html; charset=x-none

                <b>still here</b>
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        var letter = new MimeMessage(sender.getSession(), new ByteArrayInputStream(bytes));
        try (var transport = sender.getSession().getTransport("smtp")) {
            transport.connect("127.0.0.1", port, null, null);
            transport.sendMessage(letter, InternetAddress.parse("bob@example.com"));
        }

        assertThat(ask(newest() + "/html").getContentAsString()).contains("<b>still here</b>");
    }

    @Test
    void hasAPhoneWidth() throws Exception {
        var path = send("bob@example.com", "Your order", "<p>Hello</p>");

        assertThat(page(path + "?width=phone").select(".phone iframe")).hasSize(1);
    }

    @Test
    void saysKindlyThatALetterIsNotThere() throws Exception {
        for (var path : List.of(
                "/mailbox/700", "/mailbox/x", "/mailbox/700/html", "/mailbox/700/text", "/mailbox/700/source")) {
            var answer = ask(path);
            assertThat(answer.getStatus()).isEqualTo(404);
            assertThat(answer.getContentAsString()).contains("This letter is not here");
        }
    }

    @Test
    void keepsTheNewestTwoThousand() throws Exception {
        var letters = new Letters(Clock.systemUTC());
        var message = sender().createMimeMessage();
        for (int i = 0; i < 2_010; i++) {
            letters.receive(message, "bob@example.com");
        }

        assertThat(letters.mentioning("")).hasSize(2_000);
        assertThat(letters.find("10")).isEmpty();
        assertThat(letters.find("11")).isPresent();
    }

    private Document page(String path) throws Exception {
        var answer = ask(path);
        assertThat(answer.getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
        return Jsoup.parse(answer.getContentAsString());
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        return mvc.perform(get(URI.create(path))).andReturn().getResponse();
    }

    /** Answers the letter's page. */
    private String send(String to, String subject, String html) throws Exception {
        var sender = sender();
        var message = sender.createMimeMessage();
        var letter = new MimeMessageHelper(message, true, "UTF-8");
        letter.setFrom("orders@bottega.example", "Bottega");
        letter.setTo(to);
        letter.setSubject(subject);
        letter.setText("In plain words: è già pronto. <script>alert('x')</script>", html);
        sender.send(message);
        return newest();
    }

    private String newest() throws Exception {
        return Objects.requireNonNull(page("/mailbox").selectFirst("li a")).attr("href");
    }

    private JavaMailSenderImpl sender() {
        var sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        return sender;
    }

    @TestConfiguration
    static class AtNoon {

        @Bean
        Clock clock() {
            return Clock.fixed(NOON, ZoneOffset.UTC);
        }
    }
}
