package io.porchlight.notifications;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.engine.IterationStatusVar;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.standard.expression.IStandardVariableExpression;
import org.thymeleaf.standard.expression.IStandardVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.StandardExpressionExecutionContext;

/**
 * Evaluates <code>${a.b.c}</code> as a path through prepared maps, and nothing else: templates are written by people who
 * are not programmers and filled with what strangers say, and Thymeleaf's own sandbox has been escaped more than once.
 */
class PathExpressions implements IStandardVariableExpressionEvaluator {

    private static final Pattern PATH = Pattern.compile("[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*)*");
    private static final Set<String> STATUS = Set.of("first", "last", "index", "count", "size", "even", "odd");

    private final Map<String, String[]> paths = new ConcurrentHashMap<>();

    /** Whether the text between the braces is one that templates may use. */
    static boolean permitted(String expression) {
        return PATH.matcher(expression.strip()).matches();
    }

    @Override
    public Object evaluate(
            IExpressionContext context,
            IStandardVariableExpression expression,
            StandardExpressionExecutionContext execution) {
        String path = expression.getExpression();
        if (expression.getUseSelectionAsRoot()) {
            throw refused(path);
        }
        // As many as the templates have, which do not change while we run.
        String[] names = paths.computeIfAbsent(path, PathExpressions::names);
        if (!context.containsVariable(names[0])) {
            throw unknown(path, names[0]);
        }
        Object value = context.getVariable(names[0]);
        for (int i = 1; i < names.length; i++) {
            value = step(value, names[i], path);
        }
        return value;
    }

    private static String[] names(String path) {
        if (!permitted(path)) {
            throw refused(path);
        }
        return path.strip().split("\\.", -1);
    }

    private static TemplateProcessingException refused(String path) {
        return new TemplateProcessingException("The expression ${" + path.strip()
                + "} is refused: templates may only name a value, such as ${order.id}");
    }

    private static Object step(Object from, String name, String path) {
        Object value = from instanceof Map<?, ?> map ? map.get(name) : null;
        if (value != null) {
            return value;
        }
        if (from instanceof IterationStatusVar status && STATUS.contains(name)) {
            return switch (name) {
                case "first" -> status.isFirst();
                case "last" -> status.isLast();
                case "even" -> status.isEven();
                case "odd" -> status.isOdd();
                case "index" -> status.getIndex();
                case "count" -> status.getCount();
                default -> status.getSize();
            };
        }
        throw unknown(path, name);
    }

    private static TemplateProcessingException unknown(String path, String name) {
        return new TemplateProcessingException(
                "The expression ${" + path + "} names \"" + name + "\", which letters do not have");
    }
}
