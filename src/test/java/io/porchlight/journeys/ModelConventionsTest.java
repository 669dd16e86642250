package io.porchlight.journeys;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.annotation.JobWorker;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Conventions of the models: what Camunda Modeler, the engine, the workers and the letters must agree upon. */
class ModelConventionsTest {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI";
    private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

    static List<Path> models() throws IOException {
        return JourneyFiles.bpmn();
    }

    static Stream<Path> drawings() throws IOException {
        return Stream.concat(models().stream(), JourneyFiles.list("bpmn", ".dmn").stream());
    }

    @Test
    void everyJobTypeHasAWorkerOfItsNameAndTheReverse() throws Exception {
        var asked = new TreeSet<String>();
        for (var file : models()) {
            var xml = xml(file);
            all(xml, ZEEBE, "taskDefinition").forEach(task -> asked.add(task.getAttribute("type")));
            all(xml, ZEEBE, "executionListener").forEach(listener -> asked.add(listener.getAttribute("type")));
        }
        var answered = Arrays.stream(JourneyWorkers.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JobWorker.class))
                .collect(toMap(method -> method.getAnnotation(JobWorker.class).type(), method -> method.getName()));

        assertThat(answered.keySet()).containsExactlyInAnyOrderElementsOf(asked);
        answered.forEach((type, method) -> assertThat(method).isEqualTo(camelCase(type)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void isCalledLikeItsFileAndListensToStartAndEnd(Path file) {
        assertThat(JourneyFiles.model(file).processId()).isEqualTo(JourneyFiles.name(file, ".bpmn"));
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void opensInCamundaModelerForCamunda8(Path file) throws Exception {
        var root = xml(file).getDocumentElement();

        assertThat(root.getAttributeNS(MODELER, "executionPlatform")).isEqualTo("Camunda Cloud");
        assertThat(root.getAttributeNS(MODELER, "executionPlatformVersion")).startsWith("8.");
    }

    @ParameterizedTest
    @MethodSource("models")
    void showsEveryElementOnce(Path file) throws Exception {
        var xml = xml(file);
        var shown = Stream.of("BPMNShape", "BPMNEdge")
                .flatMap(kind -> all(xml, BPMNDI, kind).stream())
                .map(shape -> shape.getAttribute("bpmnElement"))
                .toList();

        assertThat(shown).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(elements(xml));
    }

    @ParameterizedTest
    @MethodSource("models")
    void namesElementsByMeaning(Path file) throws Exception {
        var xml = xml(file);

        assertThat(elements(xml)).allMatch(id -> id.matches("[A-Z][A-Za-z0-9]*"));
        assertThat(all(xml, BPMN, "message"))
                .allMatch(message -> message.getAttribute("name").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
        assertThat(all(xml, ZEEBE, "subscription"))
                .allMatch(message -> message.getAttribute("correlationKey").equals("=journeyKey"));
        assertThat(all(xml, ZEEBE, "ioMapping")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void tellsEveryMilestoneInEveryLanguageOfItsLetters(Path file) {
        var model = JourneyFiles.model(file);
        var told = told(model);

        assertThat(model.translations()).isNotEmpty();
        model.translations()
                .forEach((language, texts) -> assertThat(texts.keySet())
                        .as("%s in %s", file, language)
                        .containsExactlyInAnyOrderElementsOf(told));
        assertThat(model.confirmation().story()).isNotBlank();
        assertThat(model.milestones())
                .allMatch(milestone -> !milestone.words().story().isBlank())
                .allMatch(milestone -> !milestone.words().label().isBlank());
    }

    private static Set<String> told(JourneyModel model) {
        var told = new HashSet<String>();
        Stream.concat(
                        Stream.of(model.confirmation()),
                        model.milestones().stream()
                                .filter(JourneyModel.Milestone::mainPath)
                                .map(JourneyModel.Milestone::words))
                .map(Words::elementId)
                .forEach(id -> {
                    told.add(id);
                    told.add(id + ".documentation");
                });
        return told;
    }

    @Test
    void translatesOnlyJourneysThatExist() throws IOException {
        var journeys =
                models().stream().map(file -> JourneyFiles.name(file, ".bpmn")).toList();

        assertThat(JourneyFiles.list("bpmn", ".properties"))
                .allMatch(file ->
                        journeys.contains(JourneyFiles.name(file, ".properties").replaceAll("_.*", "")));
    }

    @Test
    void keepsElementTemplatesThatTheModelerCanRead() throws IOException {
        var templates = templates();

        assertThat(templates).hasSameSizeAs(JourneyFiles.list("bpmn/.camunda/element-templates", ".json"));
        templates.forEach((id, template) -> {
            assertThat(template.path("version").asInt()).as(id).isPositive();
            assertThat(template.path("name").asText()).as(id).isNotBlank();
            assertThat(template.path("appliesTo")).as(id).isNotEmpty();
            assertThat(template.path("properties"))
                    .as(id)
                    .isNotEmpty()
                    .allSatisfy(property -> assertThat(
                                    property.path("binding").path("type").asText())
                            .as(id)
                            .isNotBlank());
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void isDrawnWithTheElementTemplatesOfToday(Path file) throws Exception {
        var templates = templates();
        var drawn = elementsWithTemplates(xml(file));

        assertThat(drawn).isNotEmpty();
        for (var element : drawn) {
            String id = element.getAttributeNS(ZEEBE, "modelerTemplate");
            assertThat(templates).containsKey(id);
            if (!element.getLocalName().equals("message")) {
                assertThat(element.getAttributeNS(ZEEBE, "modelerTemplateVersion"))
                        .as(element.getAttribute("id"))
                        .isEqualTo(requireNonNull(templates.get(id))
                                .path("version")
                                .asText());
            }
        }
        assertThat(Stream.of("sendTask", "intermediateCatchEvent", "process")
                        .flatMap(kind -> all(xml(file), BPMN, kind).stream()))
                .allMatch(element -> element.hasAttributeNS(ZEEBE, "modelerTemplate"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void keepsTheRulesThatTheElementTemplatesSet(Path file) throws Exception {
        var templates = templates();
        for (var element : elementsWithTemplates(xml(file))) {
            var template = requireNonNull(templates.get(element.getAttributeNS(ZEEBE, "modelerTemplate")));
            for (var property : template.path("properties")) {
                String value = value(element, property.path("binding"));
                if (value != null) {
                    keeps(element.getAttribute("id"), property, value);
                }
            }
        }
    }

    private static void keeps(String element, JsonNode property, String value) {
        var rules = property.path("constraints");
        if (rules.path("notEmpty").asBoolean()) {
            assertThat(value).as(element).isNotBlank();
        }
        if (rules.has("pattern")) {
            assertThat(value)
                    .as(element)
                    .matches(rules.path("pattern").path("value").asText());
        }
        if (property.path("type").asText().equals("Hidden")) {
            assertThat(value).as(element).isEqualTo(property.path("value").asText());
        }
        if (property.has("choices") && !property.has("condition")) {
            assertThat(StreamSupport.stream(property.path("choices").spliterator(), false)
                            .map(choice -> choice.path("value").asText()))
                    .as(element)
                    .contains(value);
        }
    }

    /** What an element says where a template's property is bound; nothing where it says nothing. */
    private static @Nullable String value(Element element, JsonNode binding) {
        return switch (binding.path("type").asText()) {
            case "zeebe:taskHeader" -> named(element, "header", "key", binding.path("key"), "value");
            case "zeebe:property" -> named(element, "property", "name", binding.path("name"), "value");
            case "zeebe:executionListener" ->
                named(element, "executionListener", "eventType", binding.path("eventType"), "type");
            case "zeebe:taskDefinition" ->
                all(element, ZEEBE, "taskDefinition").getFirst().getAttribute("type");
            default -> null;
        };
    }

    private static @Nullable String named(Element element, String tag, String key, JsonNode name, String value) {
        // A process holds its elements, so only what stands directly in its own extensions counts.
        return all(element, ZEEBE, tag).stream()
                .filter(found ->
                        found.getParentNode().getParentNode().getParentNode().equals(element))
                .filter(found -> found.getAttribute(key).equals(name.asText()))
                .map(found -> found.getAttribute(value))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, JsonNode> templates() throws IOException {
        var templates = new TreeMap<String, JsonNode>();
        for (var file : JourneyFiles.list("bpmn/.camunda/element-templates", ".json")) {
            var template = new ObjectMapper().readTree(file.toFile());
            templates.put(template.path("id").asText(), template);
        }
        return templates;
    }

    private static List<Element> elementsWithTemplates(Document xml) {
        return all(xml, BPMN, "*").stream()
                .filter(element -> element.hasAttributeNS(ZEEBE, "modelerTemplate"))
                .toList();
    }

    /** The ids of everything that is drawn: nodes, flows, annotations. */
    private static List<String> elements(Document xml) {
        var process = all(xml, BPMN, "process").getFirst();
        return all(process, BPMN, "*").stream()
                .filter(element -> element.hasAttribute("id"))
                .filter(element -> !element.getLocalName().endsWith("EventDefinition"))
                .map(element -> element.getAttribute("id"))
                .toList();
    }

    private static List<Element> all(Document xml, String namespace, String name) {
        return list(xml.getElementsByTagNameNS(namespace, name));
    }

    private static List<Element> all(Element element, String namespace, String name) {
        return list(element.getElementsByTagNameNS(namespace, name));
    }

    private static List<Element> list(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static Document xml(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(JourneyFiles.text(file))));
        } catch (Exception unreadable) {
            throw new IllegalStateException(file.toString(), unreadable);
        }
    }

    private static String camelCase(String kebab) {
        var parts = kebab.split("-", -1);
        return parts[0]
                + Arrays.stream(parts)
                        .skip(1)
                        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                        .reduce("", String::concat);
    }
}
