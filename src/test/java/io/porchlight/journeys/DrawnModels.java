package io.porchlight.journeys;

import io.porchlight.models.JourneyModel;
import org.springframework.context.ApplicationContext;

/** What the BPMN files of this repository say, for tests that need a journey and no engine. */
public final class DrawnModels {

    private DrawnModels() {}

    public static JourneyModel of(ApplicationContext context, String process) {
        var model = context.getBean(ModelFiles.class).models().get(process);
        if (model == null) {
            throw new IllegalArgumentException("There is no bpmn/" + process + ".bpmn");
        }
        return model;
    }
}
