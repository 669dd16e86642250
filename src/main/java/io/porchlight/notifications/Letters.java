package io.porchlight.notifications;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.exceptions.TemplateEngineException;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.messageresolver.StandardMessageResolver;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;

/** Renders letters from the templates that marketers write. */
@Component
class Letters {

    /** A template cannot be rendered; the message names file, line and expression. */
    static class TemplateProblem extends RuntimeException {

        private final String story;

        TemplateProblem(String message, @Nullable Throwable cause) {
            super(message, cause);
            story = message;
        }

        String story() {
            return story;
        }
    }

    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern GAPS = Pattern.compile("\n{3,}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([-_/][a-z0-9]+)*");

    private final TemplateEngine html = engine(TemplateMode.HTML, ".html");
    private final TemplateEngine text = engine(TemplateMode.TEXT, ".txt");

    /**
     * Renders a letter.
     *
     * @param template path below {@code templates/email}, without ending
     * @throws TemplateProblem when it does not exist, uses what it must not, or names what there is not
     */
    Letter render(String template, Locale locale, Map<String, Object> values) {
        String name = "email/" + template;
        var context = new Context(locale, values);
        try {
            String page = html.process(name, context);
            return new Letter(subject(name, page), page, tidy(text.process(name, context)));
        } catch (TemplateEngineException broken) {
            throw new TemplateProblem(story(broken), broken);
        }
    }

    /**
     * Renders a text message, on one line.
     *
     * @param template path below {@code templates/sms}, without ending
     * @throws TemplateProblem as for a letter, and when nothing is left to say
     */
    String text(String template, Locale locale, Map<String, Object> values) {
        String name = "sms/" + template;
        try {
            String said = text.process(name, new Context(locale, values))
                    .replaceAll("\\s+", " ")
                    .strip();
            if (said.isEmpty()) {
                throw new TemplateProblem("templates/" + name + ".txt says nothing", null);
            }
            return said;
        } catch (TemplateEngineException broken) {
            throw new TemplateProblem(story(broken), broken);
        }
    }

    private static String subject(String name, String page) {
        var title = TITLE.matcher(page);
        if (!title.find() || title.group(1).isBlank()) {
            throw new TemplateProblem("templates/" + name + ".html has no <title>, which is the subject", null);
        }
        return HtmlUtils.htmlUnescape(title.group(1))
                .replaceAll("[\\p{Cc}\\s\\u2028\\u2029]+", " ")
                .strip();
    }

    private static String tidy(String letter) {
        String stripped = letter.strip();
        return (stripped.contains("\n\n\n") ? GAPS.matcher(stripped).replaceAll("\n\n") : stripped) + "\n";
    }

    /** The messages of an exception and its causes, each once: the outer ones know the line, the inner ones why. */
    private static String story(TemplateEngineException broken) {
        var story = new StringBuilder();
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (story.indexOf(message) < 0) {
                story.append(story.isEmpty() ? "" : ": ").append(message);
            }
        }
        return story.toString();
    }

    private static TemplateEngine engine(TemplateMode mode, String ending) {
        var dialect = new StandardDialect();
        dialect.setVariableExpressionEvaluator(new PathExpressions());
        var engine = new TemplateEngine();
        engine.setDialect(dialect);
        engine.setTemplateResolver(new Files(mode, ending));
        engine.setMessageResolvers(Set.of(new Voice(), new Words()));
        return engine;
    }

    /** Finds the words that a brand says in its own way; they come first. */
    private static class Voice extends AbstractMessageResolver {

        Voice() {
            setOrder(1);
        }

        @Override
        public @Nullable String resolveMessage(
                ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] parameters) {
            return context.getVariable("brand") instanceof Map<?, ?> brand
                            && brand.get("voice") instanceof Map<?, ?> voice
                            && voice.get(key) instanceof String own
                    ? new MessageFormat(own, context.getLocale()).format(parameters)
                    : null;
        }

        @Override
        public @Nullable String createAbsentMessageRepresentation(
                ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] parameters) {
            return null;
        }
    }

    /** Finds the words beside a letter, then those beside its layout; a word that is nowhere is a mistake. */
    private static class Words extends StandardMessageResolver {

        Words() {
            setOrder(2);
        }

        @Override
        public String createAbsentMessageRepresentation(
                ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] parameters) {
            throw new TemplateProcessingException("There are no words for #{" + key + "} in "
                    + context.getLocale().getDisplayLanguage(Locale.ENGLISH));
        }
    }

    /** Finds templates below {@code templates/} of the class path and nowhere else. */
    private static class Files extends AbstractConfigurableTemplateResolver {

        Files(TemplateMode mode, String ending) {
            setTemplateMode(mode);
            setPrefix("templates/");
            setSuffix(ending);
            setCharacterEncoding("UTF-8");
            setCacheable(true);
            setCheckExistence(true);
        }

        @Override
        protected @Nullable ITemplateResource computeTemplateResource(
                IEngineConfiguration configuration,
                @Nullable String ownerTemplate,
                String template,
                String resourceName,
                @Nullable String characterEncoding,
                @Nullable Map<String, Object> attributes) {
            return NAME.matcher(template).matches()
                    ? new TemplateFile(Letters.class.getClassLoader(), resourceName)
                    : null;
        }
    }
}
