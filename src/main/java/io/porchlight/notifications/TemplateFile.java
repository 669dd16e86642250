package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import org.thymeleaf.exceptions.TemplateInputException;
import org.thymeleaf.templateresource.ClassLoaderTemplateResource;
import org.thymeleaf.templateresource.ITemplateResource;

/** A template that was read and found to use nothing but what templates may use. */
class TemplateFile implements ITemplateResource {

    private record Forbidden(Pattern pattern, String mend) {}

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}?");
    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden(Pattern.compile("__"), "preprocessing with __ is not allowed"),
            new Forbidden(Pattern.compile("\\*\\{"), "write ${...} instead of *{...}"),
            new Forbidden(Pattern.compile("@\\{"), "write th:href=\"${...}\" instead of @{...}"),
            new Forbidden(Pattern.compile("th:utext|th:inline|th:on\\w+"), "use th:text; text is always escaped"));
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
        String text;
        try (var reader = file.reader()) {
            var copy = new java.io.StringWriter();
            reader.transferTo(copy);
            text = copy.toString();
        }
        int number = 0;
        for (String line : text.split("\n", -1)) {
            check(line, ++number);
        }
        return new StringReader(text);
    }

    private void check(String line, int number) {
        FORBIDDEN.forEach(forbidden -> refuse(forbidden, line, number));
        if (path.endsWith(".html")) {
            refuse(UNESCAPED, line, number);
        }
        var expressions = EXPRESSION.matcher(line);
        while (expressions.find()) {
            if (!PathExpressions.permitted(expressions.group(1))) {
                throw new TemplateInputException(path + ", line " + number + ": the expression " + expressions.group()
                        + " is refused; templates may only name a value, such as ${order.id}");
            }
        }
    }

    private void refuse(Forbidden forbidden, String line, int number) {
        var found = forbidden.pattern().matcher(line);
        if (found.find()) {
            throw new TemplateInputException(
                    path + ", line " + number + ": " + line.strip() + " is refused; " + forbidden.mend());
        }
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
