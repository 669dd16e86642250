package io.porchlight.tracking;

import io.porchlight.orders.Links;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The whole story on paper, once it has come to its end: something to keep with the box. */
@Controller
class KeepsakePage {

    private final Links links;
    private final FactsReader reader;
    private final Telling telling;
    private final Press press;
    private final Answers answers;

    KeepsakePage(Links links, FactsReader reader, Telling telling, Press press, Answers answers) {
        this.links = links;
        this.reader = reader;
        this.telling = telling;
        this.press = press;
        this.answers = answers;
    }

    @GetMapping("/t/{token}/keepsake")
    ResponseEntity<String> page(@PathVariable String token) {
        var facts = reader.read(links.tracked(token).orElseThrow(Gone::new));
        return facts.progress().complete()
                ? answers.page(HttpStatus.OK, nonce -> press.keepsake(telling.of(facts), facts, token, nonce))
                : answers.goTo("../" + token);
    }
}
