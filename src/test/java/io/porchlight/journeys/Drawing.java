package io.porchlight.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.models.JourneyModel;
import java.util.Map;

/** A small journey for a test, as the Modeler would write it; what stands in the process is given as BPMN. */
record Drawing(String file, String elements, String extensions, String process) {

    private static final String LISTENERS = """
            <zeebe:executionListeners>
              <zeebe:executionListener eventType="start" type="adopt-journey" />
              <zeebe:executionListener eventType="end" type="journey-ended" />
            </zeebe:executionListeners>
            """;

    static Drawing of(String... elements) {
        return new Drawing("trial.bpmn", String.join("\n", elements), LISTENERS, "trial");
    }

    Drawing savedAs(String name) {
        return new Drawing(name, elements, extensions, process);
    }

    Drawing with(String more) {
        return new Drawing(file, elements, LISTENERS + more, process);
    }

    Drawing withoutListeners() {
        return new Drawing(file, elements, "", process);
    }

    JourneyModel read() {
        return new ModelReader(file, ModelLimits.checked(file, xml().getBytes(UTF_8))).read(Map.of());
    }

    String xml() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Trial" targetNamespace="http://bpmn.io/schema/bpmn">
                  <bpmn:process id="%s" isExecutable="true">
                    <bpmn:extensionElements>%s</bpmn:extensionElements>
                    %s
                  </bpmn:process>
                  %s
                </bpmn:definitions>
                """.formatted(process, extensions, elements, messages());
    }

    /** One message for each that an element refers to as {@code <name>Message}. */
    private String messages() {
        var messages = new StringBuilder();
        java.util.regex.Pattern.compile("messageRef=\"([a-z-]+)Message\"")
                .matcher(elements)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .forEach(name -> messages.append("""
                        <bpmn:message id="%sMessage" name="%s"><bpmn:extensionElements>\
                        <zeebe:subscription correlationKey="=journeyKey" /></bpmn:extensionElements></bpmn:message>
                        """.formatted(name, name)));
        return messages.toString();
    }

    static String start(String id) {
        return "<bpmn:startEvent id=\"%s\" name=\"Order confirmed\" />".formatted(id);
    }

    static String end(String id) {
        return "<bpmn:endEvent id=\"%s\" />".formatted(id);
    }

    static String catching(String id, String milestone) {
        return "<bpmn:intermediateCatchEvent id=\"%s\" name=\"%s\">%s</bpmn:intermediateCatchEvent>"
                .formatted(id, milestone, message(id, milestone));
    }

    static String message(String id, String milestone) {
        return "<bpmn:messageEventDefinition id=\"%sDefinition\" messageRef=\"%sMessage\" />".formatted(id, milestone);
    }

    static String timer(String id, String kind, String value) {
        return "<bpmn:timerEventDefinition id=\"%sTimer\"><bpmn:%s>%s</bpmn:%s></bpmn:timerEventDefinition>"
                .formatted(id, kind, value, kind);
    }

    static String letter(String id) {
        return letter(id, "send-notification", "validFor", "P3D");
    }

    static String letter(String id, String jobType, String header, String value) {
        return """
                <bpmn:sendTask id="%s"><bpmn:extensionElements><zeebe:taskDefinition type="%s" /><zeebe:taskHeaders>
                <zeebe:header key="template" value="trial/letter" /><zeebe:header key="channels" value="email" />
                <zeebe:header key="class" value="transactional" /><zeebe:header key="%s" value="%s" />
                </zeebe:taskHeaders></bpmn:extensionElements></bpmn:sendTask>
                """.formatted(id, jobType, header, value);
    }

    /** Sequence flows from each to the next. */
    static String path(String... nodes) {
        var flows = new StringBuilder();
        for (int i = 1; i < nodes.length; i++) {
            flows.append("<bpmn:sequenceFlow id=\"%s-%s\" sourceRef=\"%s\" targetRef=\"%s\" />"
                    .formatted(nodes[i - 1], nodes[i], nodes[i - 1], nodes[i]));
        }
        return flows.toString();
    }
}
