package io.porchlight.journeys;

/** A model that must not be deployed; the message names the file, the element and the mend. */
class ModelProblem extends RuntimeException {

    ModelProblem(String file, String message) {
        super("bpmn/" + file + ": " + message);
    }
}
