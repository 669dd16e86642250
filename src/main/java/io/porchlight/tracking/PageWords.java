package io.porchlight.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.thymeleaf.messageresolver.StandardMessageResolver;
import org.thymeleaf.templateresource.ClassLoaderTemplateResource;
import org.thymeleaf.templateresource.ITemplateResource;

/** Finds the words of a page: those beside it, else those of {@code page.properties}, which all pages share. */
final class PageWords extends StandardMessageResolver {

    private static final ITemplateResource SHARED =
            new ClassLoaderTemplateResource(PageWords.class.getClassLoader(), "templates/tracking/page.html", "UTF-8");

    private final Map<Locale, Map<String, String>> shared = new ConcurrentHashMap<>();

    /** A word that all pages share, with values filled in. */
    String word(Locale locale, String key, Object... values) {
        String word = shared(locale).get(key);
        if (word == null) {
            throw new IllegalArgumentException("There is no word " + key + " in page.properties");
        }
        return formatMessage(locale, word, values);
    }

    @Override
    protected Map<String, String> resolveMessagesForTemplate(String template, ITemplateResource file, Locale locale) {
        var words = new TreeMap<>(shared(locale));
        words.putAll(super.resolveMessagesForTemplate(template, file, locale));
        return words;
    }

    private Map<String, String> shared(Locale locale) {
        return shared.computeIfAbsent(locale, spoken -> super.resolveMessagesForTemplate("page", SHARED, spoken));
    }
}
