package io.porchlight.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.brands.Brand;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Prints pages. It has an engine of its own, because its words lie beside its templates. */
@Component
class Press {

    private static final String STORY = "story";

    private final Assets assets;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    Press(Assets assets) {
        this.assets = assets;
        var files = new ClassLoaderTemplateResolver(Press.class.getClassLoader());
        files.setPrefix("templates/tracking/");
        files.setSuffix(".html");
        files.setCharacterEncoding(UTF_8.name());
        engine.setTemplateResolver(files);
        engine.setEnableSpringELCompiler(true);
    }

    /** The whole page. */
    String page(Page page, Facts facts, String nonce) {
        var context = context(page, facts);
        context.setVariable("nonce", nonce);
        return engine.process("page", context);
    }

    /** What an open page puts in the place of what it shows. */
    String story(Page page, Facts facts) {
        return engine.process("page", Set.of(STORY), context(page, facts));
    }

    /** What everybody sees whose link opens nothing, or nothing now. */
    String sorry(Locale language, boolean trouble) {
        var values = Map.<String, Object>of(
                "lang",
                language.getLanguage(),
                "dir",
                Languages.direction(language),
                "trouble",
                trouble,
                "assets",
                assets);
        return engine.process("sorry", new Context(language, values));
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

    private Context context(Page page, Facts facts) {
        Brand brand = facts.brand();
        return new Context(
                facts.locale(),
                Map.of(
                        "page", page,
                        "brand", brand,
                        "dark", brand.colours().dark(),
                        "asOf", Days.of(facts).known(facts.asOf()),
                        "zone", facts.zone().getId(),
                        "version", version(page),
                        "assets", assets));
    }
}
