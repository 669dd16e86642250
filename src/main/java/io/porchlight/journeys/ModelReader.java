package io.porchlight.journeys;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.CatchEvent;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Message;
import io.camunda.zeebe.model.bpmn.instance.MessageEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.ReceiveTask;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeExecutionListeners;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeProperties;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeProperty;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Milestone;
import io.porchlight.models.JourneyModel.SendAt;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.JourneyModel.ValidUntil;
import io.porchlight.models.JourneyModel.Words;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;

/** Reads what a BPMN file says about its journey: milestones with their ranks, steps, words and budget. */
class ModelReader {

    private static final Set<String> CLASSES = Set.of("transactional", "marketing");
    private static final Set<String> CHANNELS = Set.of("email", "sms", JourneyModel.BOTH, JourneyModel.PREFERRED);
    private static final Set<String> JOB_TYPES = Set.of("send-notification", "adopt-journey", "journey-ended");

    /** A catch event, as the engine will wait for it. */
    private record Wait(FlowNode node, String message, boolean aside, boolean recurs) {}

    private final String file;
    private final BpmnModelInstance model;
    private final Process process;
    private final StartEvent start;
    private final FlowGraph graph;
    private final List<Wait> waits;
    private final Map<String, Integer> ranks = new HashMap<>();

    ModelReader(String file, byte[] xml) {
        this.file = file;
        this.model = parse(file, xml);
        this.process = one(Process.class, "exactly one process per file");
        if (!(process.getId() + ".bpmn").equals(file)) {
            throw new ModelProblem(file, "the process id is \"" + process.getId() + "\"; it must be the file's name");
        }
        this.start = process.getFlowElements().stream()
                .filter(StartEvent.class::isInstance)
                .map(StartEvent.class::cast)
                .findFirst()
                .orElseThrow(() -> new ModelProblem(file, "has no start event"));
        this.graph = new FlowGraph(model, start);
        this.waits = waits();
        waits.stream().filter(wait -> !wait.aside()).forEach(this::rank);
    }

    JourneyModel read(Map<String, Map<String, String>> translations) {
        checkListeners();
        return new JourneyModel(
                process.getId(),
                Optional.ofNullable(process.getName()).orElse(process.getId()),
                budget(),
                words(start),
                waits.stream()
                        .map(this::milestone)
                        .sorted(comparingInt(Milestone::rank))
                        .toList(),
                steps(),
                translations);
    }

    private static BpmnModelInstance parse(String file, byte[] xml) {
        try {
            return Bpmn.readModelFromStream(new ByteArrayInputStream(xml));
        } catch (ModelException broken) {
            Throwable root = broken;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new ModelProblem(file, "is no valid BPMN: " + root.getMessage());
        }
    }

    private List<Wait> waits() {
        var found = new ArrayList<Wait>();
        for (var definition : model.getModelElementsByType(MessageEventDefinition.class)) {
            if (definition.getParentElement() instanceof CatchEvent node) {
                found.add(new Wait(node, milestone(node, definition.getMessage()), aside(node), recurs(node)));
            }
        }
        for (var task : model.getModelElementsByType(ReceiveTask.class)) {
            found.add(new Wait(task, milestone(task, task.getMessage()), aside(task), false));
        }
        return found.stream()
                .collect(toMap(Wait::message, wait -> wait, (first, second) -> first, java.util.LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private String milestone(FlowNode node, @Nullable Message message) {
        if (message == null || message.getName() == null || message.getName().isBlank()) {
            throw new ModelProblem(
                    file, node.getId() + " waits for nothing; apply the template \"Wait for a milestone\"");
        }
        return message.getName();
    }

    /** Beside the main path: boundary events and event subprocesses imply nothing and are never implied. */
    private boolean aside(FlowNode node) {
        return node instanceof BoundaryEvent || !graph.reachable(node.getId());
    }

    private static boolean recurs(FlowNode node) {
        return switch (node) {
            case BoundaryEvent boundary -> !boundary.cancelActivity();
            case StartEvent event -> event.getParentElement() instanceof SubProcess && !event.isInterrupting();
            default -> false;
        };
    }

    private int rank(Wait wait) {
        var known = ranks.get(wait.message());
        if (known != null) {
            return known;
        }
        int before = before(wait.node()).mapToInt(this::rank).max().orElse(0);
        ranks.put(wait.message(), before + 1);
        return before + 1;
    }

    private Stream<Wait> before(FlowNode node) {
        return waits.stream()
                .filter(other -> !other.aside() && graph.precedes(other.node().getId(), node.getId()));
    }

    private Milestone milestone(Wait wait) {
        var follows = wait.aside()
                ? List.<String>of()
                : certain(wait.node()).map(Wait::message).toList();
        return new Milestone(
                wait.message(),
                ranks.getOrDefault(wait.message(), 0),
                follows,
                wait.recurs(),
                !wait.aside(),
                words(wait.node()));
    }

    /** What lies on every path to an element. */
    private Stream<Wait> certain(FlowNode node) {
        return waits.stream()
                .filter(other ->
                        !other.aside() && graph.onEveryPath(other.node().getId(), node.getId()))
                .sorted(comparingInt(this::rank));
    }

    private List<Step> steps() {
        return model.getModelElementsByType(ZeebeTaskDefinition.class).stream()
                .map(definition -> step(
                        definition, (FlowNode) definition.getParentElement().getParentElement()))
                .toList();
    }

    private Step step(ZeebeTaskDefinition definition, FlowNode node) {
        if (!JOB_TYPES.contains(definition.getType())) {
            throw new ModelProblem(
                    file,
                    node.getId() + " asks for the job \"" + definition.getType()
                            + "\", which Porchlight does not know; apply the template \"Send a notification\"");
        }
        var headers = headers(node);
        var about = about(node);
        return new Step(
                node.getId(),
                required(headers, "template", node),
                List.of(offered(headers, "channels", CHANNELS, node)),
                offered(headers, "class", CLASSES, node).toUpperCase(Locale.ROOT),
                duration(headers.get("validFor"), node.getId() + ", valid for"),
                choice(SendAt.class, headers.get("sendAt"), node.getId() + ", send at"),
                choice(ValidUntil.class, headers.get("validUntil"), node.getId() + ", valid until"),
                about.map(Wait::message).orElse(null),
                about.map(wait -> ranks.getOrDefault(wait.message(), 0)).orElse(0));
    }

    /** What a step tells about: the newest milestone that is certain to have happened before it. */
    private Optional<Wait> about(FlowNode node) {
        if (graph.reachable(node.getId())) {
            return certain(node).reduce((first, second) -> second);
        }
        return waits.stream()
                .filter(wait -> wait.aside() && wait.node().getParentElement().equals(node.getParentElement()))
                .findFirst();
    }

    private Map<String, String> headers(FlowNode node) {
        var headers = node.getSingleExtensionElement(ZeebeTaskHeaders.class);
        return headers == null
                ? Map.of()
                : headers.getHeaders().stream().collect(toMap(ZeebeHeader::getKey, ZeebeHeader::getValue));
    }

    private String required(Map<String, String> headers, String name, FlowNode node) {
        String value = headers.get(name);
        if (value == null || value.isBlank()) {
            throw new ModelProblem(file, node.getId() + " names no " + name);
        }
        return value;
    }

    private String offered(Map<String, String> headers, String name, Set<String> offers, FlowNode node) {
        String value = required(headers, name, node).strip();
        if (!offers.contains(value)) {
            throw new ModelProblem(
                    file,
                    node.getId() + ": " + name + " must be "
                            + offers.stream().sorted(reverseOrder()).collect(joining(" or ")) + ", not \"" + value
                            + "\"");
        }
        return value;
    }

    private void checkListeners() {
        var listeners = process.getSingleExtensionElement(ZeebeExecutionListeners.class);
        var types = listeners == null
                ? List.of()
                : listeners.getExecutionListeners().stream()
                        .map(listener -> listener.getEventType() + " " + listener.getType())
                        .toList();
        if (!types.containsAll(List.of("start adopt-journey", "end journey-ended"))) {
            throw new ModelProblem(
                    file, "lacks the listeners of a journey; apply the template \"Journey\" to the process");
        }
    }

    private @Nullable Duration budget() {
        var properties = process.getSingleExtensionElement(ZeebeProperties.class);
        return properties == null
                ? null
                : properties.getProperties().stream()
                        .filter(property -> property.getName().equals("silenceBudget"))
                        .map(ZeebeProperty::getValue)
                        .findFirst()
                        .map(value -> duration(value, "silence budget"))
                        .orElse(null);
    }

    private @Nullable Duration duration(@Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException wrong) {
            throw new ModelProblem(file, what + ": \"" + value + "\" is no duration such as P3D or PT12H");
        }
    }

    private <E extends Enum<E>> @Nullable E choice(Class<E> choices, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            return null;
        }
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> spelled(choice).equals(value.strip()))
                .findFirst()
                .orElseThrow(() -> new ModelProblem(
                        file,
                        what + ": must be "
                                + Arrays.stream(choices.getEnumConstants())
                                        .map(ModelReader::spelled)
                                        .collect(joining(" or "))
                                + ", not \"" + value + "\""));
    }

    private static String spelled(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Words words(FlowElement element) {
        String story = element.getDocumentations().stream()
                .map(documentation -> documentation.getTextContent().strip())
                .findFirst()
                .orElse("");
        return new Words(element.getId(), Optional.ofNullable(element.getName()).orElse(element.getId()), story);
    }

    private <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> T one(Class<T> type, String rule) {
        var all = model.getModelElementsByType(type);
        if (all.size() != 1) {
            throw new ModelProblem(file, "must hold " + rule + ", not " + all.size());
        }
        return all.iterator().next();
    }
}
