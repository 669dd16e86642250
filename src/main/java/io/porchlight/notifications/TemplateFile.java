package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thymeleaf.exceptions.TemplateInputException;
import org.thymeleaf.templateresource.ClassLoaderTemplateResource;
import org.thymeleaf.templateresource.ITemplateResource;
import org.unbescape.html.HtmlEscape;

/**
 * A template that was read and found to use nothing but what templates may use. It is looked at as Thymeleaf will read it:
 * without comments, which could split a word, and with its entities resolved, which could hide one.
 */
class TemplateFile implements ITemplateResource {

    private record Forbidden(Pattern pattern, String mend) {}

    private static final Pattern COMMENT = Pattern.compile("<!--/\\*(?!/).*?\\*/-->", Pattern.DOTALL);
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}?");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?<![A-Za-z0-9_])(?:data-)?th[:-][^\\s=\"'/>\\]]+", Pattern.CASE_INSENSITIVE);
    private static final Set<String> ATTRIBUTES = Set.of(
            "th:block",
            "th:text",
            "th:if",
            "th:unless",
            "th:each",
            "th:switch",
            "th:case",
            "th:with",
            "th:fragment",
            "th:replace",
            "th:insert",
            "th:href",
            "th:src",
            "th:alt",
            "th:title",
            "th:aria-label",
            "th:lang",
            "th:dir",
            "th:style",
            "th:class",
            "th:classappend",
            "th:width",
            "th:height",
            "th:align",
            "th:valign",
            "th:bgcolor");
    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden(Pattern.compile("<!--/\\*|/\\*/?-->|/\\*\\[|]\\*/"), "close each <!--/* with */-->"),
            new Forbidden(Pattern.compile("__"), "preprocessing with __ is not allowed"),
            new Forbidden(Pattern.compile("\\*\\{"), "write ${...} instead of *{...}"),
            new Forbidden(Pattern.compile("@\\{"), "write th:href=\"${...}\" instead of @{...}"),
            new Forbidden(
                    Pattern.compile("~\\{(?!\\s*[a-z0-9/_-]*\\s*(?:::\\s*[A-Za-z][\\w-]*\\s*)?[({}])"),
                    "name the other template itself, such as ~{layout/letter :: promise}"),
            new Forbidden(
                    Pattern.compile(
                            "th:(?:replace|insert)\\s*+(?!=\\s*[\"']\\s*(?:~\\{|\\$\\{\\s*\\w+\\s*}\\s*[\"']))"),
                    "name the other template itself, such as ~{layout/letter :: promise}"));
    private static final Forbidden UNESCAPED =
            new Forbidden(Pattern.compile("\\[\\("), "write [[...]] instead of [(...)]; text is always escaped");

    private final String path;
    private final ClassLoaderTemplateResource file;

    TemplateFile(ClassLoader classes, String path) {
        this.path = path;
        this.file = new ClassLoaderTemplateResource(classes, path, UTF_8.name());
    }

    @Override
    public Reader reader() throws IOException {
        var copy = new StringWriter();
        try (var reader = file.reader()) {
            reader.transferTo(copy);
        }
        String text = copy.toString();
        // First with the lines as people count them, then as Thymeleaf joins them.
        check(COMMENT.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\n]", "")));
        check(COMMENT.matcher(text).replaceAll(""));
        return new StringReader(text);
    }

    private void check(String text) {
        refuseAll(text);
        if (path.endsWith(".html")) {
            String resolved = text.lines().map(HtmlEscape::unescapeHtml).collect(Collectors.joining("\n"));
            refuseAll(resolved);
            refuse(UNESCAPED, resolved);
        }
    }

    private void refuseAll(String text) {
        FORBIDDEN.forEach(forbidden -> refuse(forbidden, text));
        var attributes = ATTRIBUTE.matcher(text);
        while (attributes.find()) {
            if (!ATTRIBUTES.contains(attributes.group())) {
                throw refusal(text, attributes, "letters may use th:text, th:if, th:each, th:href and the like");
            }
        }
        var expressions = EXPRESSION.matcher(text);
        while (expressions.find()) {
            if (!PathExpressions.permitted(expressions.group(1))) {
                throw refusal(text, expressions, "templates may only name a value, such as ${order.id}");
            }
        }
    }

    private void refuse(Forbidden forbidden, String text) {
        var found = forbidden.pattern().matcher(text);
        if (found.find()) {
            throw refusal(text, found, forbidden.mend());
        }
    }

    private TemplateInputException refusal(String text, Matcher found, String mend) {
        long line =
                text.substring(0, found.start()).chars().filter(c -> c == '\n').count() + 1;
        String around = text.lines().skip(line - 1).findFirst().orElse("").strip();
        return new TemplateInputException(
                path + ", line " + line + ": " + found.group().strip() + " in \"" + around + "\" is refused; " + mend);
    }

    @Override
    public String getDescription() {
        return path;
    }

    @Override
    public String getBaseName() {
        return file.getBaseName();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }

    @Override
    public ITemplateResource relative(String relativeLocation) {
        return file.relative(relativeLocation);
    }
}
