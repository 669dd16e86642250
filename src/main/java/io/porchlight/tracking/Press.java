package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.brands.Brand;
import io.porchlight.brands.Brands;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Prints pages. It has an engine of its own, because its words lie beside its templates. */
@Component
class Press {

    /** Why there is no page. */
    enum Sorry {
        GONE,
        TROUBLE,
        TOO_OFTEN
    }

    private static final String ONE_UP = "../";

    private final Assets assets;
    private final Brands brands;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final PageWords words = new PageWords();

    Press(Assets assets, Brands brands) {
        this.assets = assets;
        this.brands = brands;
        var files = new ClassLoaderTemplateResolver(Press.class.getClassLoader());
        files.setPrefix("templates/tracking/");
        files.setSuffix(".html");
        files.setCharacterEncoding(UTF_8.name());
        engine.setTemplateResolver(files);
        engine.setMessageResolver(words);
        engine.setEnableSpringELCompiler(true);
    }

    /** The whole page. */
    String page(Page page, Facts facts, Choices choices, String nonce) {
        var context = context(page, facts, ONE_UP, nonce);
        context.setVariable("choices", choices);
        context.setVariable("token", choices.token());
        return engine.process("page", context);
    }

    /** What an open page puts in the place of what it shows. */
    String story(Page page, Facts facts, String token) {
        var context = context(page, facts, ONE_UP, "");
        context.setVariable("token", token);
        return engine.process("page", Set.of("story"), context);
    }

    /** The page for others. */
    String shared(Page page, Facts facts, String nonce) {
        return engine.process("shared", context(page, facts, ONE_UP, nonce));
    }

    /** The story on paper. */
    String keepsake(Page page, Facts facts, String token, String nonce) {
        var context = context(page, facts, ONE_UP + ONE_UP, nonce);
        context.setVariable("token", token);
        return engine.process("keepsake", context);
    }

    /** Where to ask for a lost link. */
    String lost(Locale language, Optional<Brand> brand, String did, String nonce) {
        var context = context(language, brand, "", nonce);
        context.setVariable("did", did);
        return engine.process("lost", context);
    }

    /** What everybody sees whose link opens nothing, or nothing now. */
    String sorry(Locale language, String up, Sorry sorry) {
        var context = context(language, Optional.empty(), up, "");
        context.setVariable("sorry", sorry.name());
        context.setVariable("lost", up + "lost");
        return engine.process("sorry", context);
    }

    /** A word of the pages in a language. */
    String word(Locale language, String key, String... values) {
        return words.word(language, key, (Object[]) values);
    }

    /** Changes whenever the page would say something else. */
    static String version(Page page) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(page.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Context context(Page page, Facts facts, String up, String nonce) {
        var context = context(facts.locale(), Optional.of(facts.brand()), up, nonce);
        context.setVariables(Map.of(
                "page", page,
                "asOf", Days.of(facts).known(facts.asOf()),
                "zone", facts.zone().getId(),
                "version", version(page)));
        return context;
    }

    private Context context(Locale language, Optional<Brand> brand, String up, String nonce) {
        var context = new Context(language);
        context.setVariables(Map.of(
                "lang", language.getLanguage(),
                "dir", Languages.direction(language),
                "assets", assets.from(up),
                "nonce", nonce,
                "logo", brand.map(known -> brands.logo(known.id())).orElse("")));
        context.setVariable("brand", brand.orElse(null));
        context.setVariable("dark", brand.map(known -> known.colours().dark()).orElse(null));
        return context;
    }
}
