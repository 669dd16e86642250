package io.porchlight.processtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Optional;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** A deployed BPMN file, for the names in it: the engine's records carry ids only. */
record Model(String xml, BpmnModelInstance elements) {

    static Model decode(String base64) {
        byte[] xml = Base64.getDecoder().decode(base64);
        return new Model(new String(xml, UTF_8), Bpmn.readModelFromStream(new ByteArrayInputStream(xml)));
    }

    Optional<String> nameOf(String id) {
        ModelElementInstance element = elements.getModelElementById(id);
        return Optional.ofNullable(element.getAttributeValue("name"));
    }
}
