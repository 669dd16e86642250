package io.porchlight.journeys;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A model that must not be deployed; the message names the file, the element and the mend. */
class ModelProblem extends RuntimeException {

    private final String sentence;

    ModelProblem(String file, String message) {
        super("bpmn/" + file + ": " + message);
        this.sentence = "bpmn/" + file + ": " + message;
    }

    /** Ends a start with the problem's own sentence instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<ModelProblem> {

        @Override
        protected FailureAnalysis analyze(Throwable failure, ModelProblem problem) {
            return new FailureAnalysis(problem.sentence, "Mend the model in Camunda Modeler and start again.", problem);
        }
    }
}
