package io.porchlight.journeys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What is refused before deployment, because one such model can take a broker down for everybody: a very long FEEL string
 * (camunda issue 59121), an expression over a huge range (33908), document types, oversized files, timers that spin. Looks
 * at what an XML parser makes of the file, so that no encoding, entity or CDATA section hides anything.
 */
class ModelLimits {

    private static final int MOST_BYTES = 512 * 1024;
    private static final int LONGEST_EXPRESSION = 2_000;
    private static final Duration SHORTEST_CYCLE = Duration.ofMinutes(1);
    private static final Pattern RANGE = Pattern.compile("\\d{5,}\\s*\\.\\.|\\.\\.\\s*(\\d{5,}|[A-Za-z(])");
    private static final Pattern LOOP = Pattern.compile("\\b(for|some|every)\\b");
    private static final Set<String> SCRIPTS = Set.of("scriptTask", "script");

    private final String file;

    private ModelLimits(String file) {
        this.file = file;
    }

    /** The same bytes, if they may be deployed. */
    static byte[] checked(String file, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new ModelProblem(file, "is larger than 512 KB; split the journey or remove pictures");
        }
        var elements = parse(file, bytes).getElementsByTagName("*");
        var limits = new ModelLimits(file);
        IntStream.range(0, elements.getLength())
                .mapToObj(elements::item)
                .map(Element.class::cast)
                .forEach(limits::check);
        return bytes;
    }

    private static Document parse(String file, byte[] bytes) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var reader = factory.newDocumentBuilder();
            reader.setErrorHandler(null);
            return reader.parse(new ByteArrayInputStream(bytes));
        } catch (SAXException | IOException broken) {
            String why = String.valueOf(broken.getMessage());
            throw new ModelProblem(
                    file, why.contains("DOCTYPE") ? "a DOCTYPE is not allowed" : "is no well-formed XML: " + why);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void check(Element element) {
        if (SCRIPTS.contains(element.getLocalName())) {
            throw new ModelProblem(file, "script tasks are not allowed; use a decision table");
        }
        var attributes = element.getAttributes();
        IntStream.range(0, attributes.getLength())
                .mapToObj(i -> attributes.item(i).getNodeValue())
                .filter(value -> value.strip().startsWith("="))
                .forEach(this::checkExpression);
        if (element.getElementsByTagName("*").getLength() == 0) {
            checkText(element, element.getTextContent().strip());
        }
    }

    private void checkText(Element element, String text) {
        boolean decides = String.valueOf(element.getNamespaceURI()).contains("/DMN/")
                && element.getLocalName().equals("text");
        if (decides || text.startsWith("=")) {
            checkExpression(text);
        }
        if (element.getLocalName().equals("timeCycle")) {
            checkCycle(text);
        }
    }

    private void checkExpression(String expression) {
        if (expression.length() > LONGEST_EXPRESSION) {
            throw new ModelProblem(file, "an expression is longer than 2,000 characters: " + start(expression));
        }
        if (LOOP.matcher(expression).find() && RANGE.matcher(expression).find()) {
            throw new ModelProblem(file, "an expression runs over a range that is too large: " + start(expression));
        }
    }

    private void checkCycle(String cycle) {
        if (cycle.startsWith("=")) {
            throw new ModelProblem(file, "a repeating timer must be written out, such as R/PT1H, not " + start(cycle));
        }
        boolean spins = cycle.startsWith("R")
                ? Arrays.stream(cycle.split("/", -1))
                        .filter(part -> part.startsWith("P"))
                        .anyMatch(ModelLimits::tooShort)
                : !cycle.startsWith("@") && !cycle.matches("\\d+\\s.*");
        if (spins) {
            throw new ModelProblem(file, "a timer repeats more often than once a minute: " + start(cycle));
        }
    }

    /** Days, weeks, months and years are long enough; the rest is counted. */
    private static boolean tooShort(String period) {
        String[] dateAndTime = period.split("T", 2);
        if (dateAndTime[0].matches(".*[1-9].*")) {
            return false;
        }
        try {
            return dateAndTime.length < 2
                    || Duration.parse("PT" + dateAndTime[1]).compareTo(SHORTEST_CYCLE) < 0;
        } catch (DateTimeParseException unreadable) {
            return true;
        }
    }

    private static String start(String expression) {
        return expression.substring(0, Math.min(60, expression.length())) + (expression.length() > 60 ? "…" : "");
    }
}
