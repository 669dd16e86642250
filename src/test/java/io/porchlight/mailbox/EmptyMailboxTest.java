package io.porchlight.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(
        controllers = MailboxPage.class,
        excludeAutoConfiguration = SecurityAutoConfiguration.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io.porchlight.(privacy|studio|tracking|api.Crowd).*"))
@Import(Letters.class)
class EmptyMailboxTest {

    @Autowired
    MockMvc mvc;

    @Test
    void explainsWhereLettersComeFrom() throws Exception {
        var page = mvc.perform(get("/mailbox")).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("No letters yet", "/api/orders").doesNotContain("<li>");
    }

    @TestConfiguration
    static class Now {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
