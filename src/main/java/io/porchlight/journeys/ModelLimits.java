package io.porchlight.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is refused before deployment, because one such model can take a broker down for everybody: a very long FEEL string
 * (camunda issue 59121), an expression over a huge range (33908), document types, oversized files, timers that spin.
 */
class ModelLimits {

    private static final int MOST_BYTES = 512 * 1024;
    private static final int LONGEST_EXPRESSION = 2_000;
    private static final Pattern EXPRESSION = Pattern.compile("\"=([^\"]*)\"|>\\s*=([^<]*)<|<text>([^<]*)</text>");
    private static final Pattern RANGE = Pattern.compile("\\.\\.\\s*(\\d{5,}|[A-Za-z(])");
    private static final Pattern CYCLE = Pattern.compile("R\\d*/(?:[^<\"]*/)?P(?:T\\d+(?:\\.\\d+)?S|T0[HM].*|0.*)");

    private record Forbidden(Pattern pattern, String why) {}

    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden(Pattern.compile("<!DOCTYPE", Pattern.CASE_INSENSITIVE), "a DOCTYPE is not allowed"),
            new Forbidden(
                    Pattern.compile("<(\\w+:)?scriptTask\\b"), "script tasks are not allowed; use a decision table"));

    private ModelLimits() {}

    /** The same bytes, if they may be deployed. */
    static byte[] checked(String file, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new ModelProblem(file, "is larger than 512 KB; split the journey or remove pictures");
        }
        String xml = new String(bytes, UTF_8);
        for (var forbidden : FORBIDDEN) {
            if (forbidden.pattern().matcher(xml).find()) {
                throw new ModelProblem(file, forbidden.why());
            }
        }
        checkExpressions(file, xml);
        if (CYCLE.matcher(xml).find()) {
            throw new ModelProblem(file, "a timer repeats more often than once a minute");
        }
        return bytes;
    }

    private static void checkExpressions(String file, String xml) {
        var expressions = EXPRESSION.matcher(xml);
        while (expressions.find()) {
            String expression = expressions.group();
            if (expression.length() > LONGEST_EXPRESSION) {
                throw new ModelProblem(file, "an expression is longer than 2,000 characters: " + start(expression));
            }
            if (RANGE.matcher(expression).find() && expression.contains("for ")) {
                throw new ModelProblem(file, "an expression runs over a range that is too large: " + start(expression));
            }
        }
    }

    private static String start(String expression) {
        return expression.substring(0, Math.min(60, expression.length())) + "…";
    }
}
