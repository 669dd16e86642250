package io.porchlight.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.porchlight.texts.LocalPhone;
import io.porchlight.texts.Text;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(
        controllers = {PhonePage.class, MailboxPage.class},
        properties = {"porchlight.texts.provider=local", "porchlight.mailbox.enabled=true"},
        excludeAutoConfiguration = SecurityAutoConfiguration.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io.porchlight.(privacy|studio|tracking|api.Crowd).*"))
@Import({LocalPhone.class, Letters.class})
class PhonePageTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    LocalPhone phone;

    @Test
    @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
    void explainsWhereTextsComeFrom() throws Exception {
        assertThat(page("/mailbox/phone").text()).contains("Nothing here yet", "agreed to texts");
    }

    @Test
    void showsTheTextsOfOneNumberAsBubblesWithWhatTheyCost() throws Exception {
        arrives("+393471111111", "Bottega: in viaggio: https://shoes.example/t/abc Rispondi STOP.");
        arrives("+393472222222", "Бottega");
        arrives("+393471111111", "a".repeat(161));

        var page = page("/mailbox/phone?number=%2B393471111111");

        assertThat(page.select(".bubble").eachText())
                .containsExactly("Bottega: in viaggio: https://shoes.example/t/abc Rispondi STOP.", "a".repeat(161));
        assertThat(page.select(".bubble a").eachAttr("href")).containsExactly("https://shoes.example/t/abc");
        assertThat(page.select("li > .muted").eachText().getFirst())
                .contains("from Bottega", "63 characters, 1 segment");
        assertThat(page.select("li > .muted").eachText().getLast()).endsWith("161 characters, 2 segments");
        assertThat(page("/mailbox/phone?number=%2B393472222222").text()).contains("not in the GSM alphabet");
        assertThat(page("/mailbox/phone").select("nav a[aria-current=page]").text())
                .isEqualTo("+393471111111");
    }

    @Test
    void showsWhatStrangersWriteAsText() throws Exception {
        String attack = "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)";
        arrives("+393473333333", attack);

        var page = page("/mailbox/phone?number=%2B393473333333");
        assertThat(page.select("script, img, .bubble a")).isEmpty();
        assertThat(page.select(".bubble").text()).isEqualTo(attack);
        assertThat(page("/mailbox/phone?number=%22%3E%3Cscript%3E").select("script"))
                .isEmpty();
    }

    @Test
    void isReachedFromTheMailbox() throws Exception {
        assertThat(page("/mailbox").select("a[href=/mailbox/phone]").text()).isEqualTo("Text messages");
    }

    private void arrives(String number, String body) {
        phone.hand(new Text("1-a", "Bottega", number, body, URI.create("https://x/y")), () -> true);
    }

    private Document page(String path) throws Exception {
        var answer = mvc.perform(get(URI.create(path))).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
        return Jsoup.parse(answer.getContentAsString());
    }

    @TestConfiguration
    static class AtNoon {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        }
    }
}
