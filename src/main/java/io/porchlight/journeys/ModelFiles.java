package io.porchlight.journeys;

import io.porchlight.models.JourneyModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The BPMN and DMN files that marketers draw, read and checked once. */
@Component
class ModelFiles {

    private final Map<String, byte[]> bytes = new TreeMap<>();
    private final Map<String, JourneyModel> models = new TreeMap<>();

    ModelFiles(ResourcePatternResolver files, JourneySettings settings) throws IOException {
        for (Resource file : files.getResources(settings.models() + "*.dmn")) {
            bytes.put(name(file), ModelLimits.checked(name(file), file.getContentAsByteArray()));
        }
        var translations = translations(files, settings);
        for (Resource file : files.getResources(settings.models() + "*.bpmn")) {
            byte[] xml = ModelLimits.checked(name(file), file.getContentAsByteArray());
            String process = name(file).replace(".bpmn", "");
            var model = new ModelReader(name(file), xml).read(translations.getOrDefault(process, Map.of()));
            bytes.put(name(file), xml);
            models.put(model.processId(), model);
        }
    }

    /** File name to content, as it is deployed. */
    Map<String, byte[]> bytes() {
        return bytes;
    }

    /** Process id to what the model says. */
    Map<String, JourneyModel> models() {
        return models;
    }

    /** Process to language to element to text, from {@code <process>_<language>.properties}. */
    private static Map<String, Map<String, Map<String, String>>> translations(
            ResourcePatternResolver files, JourneySettings settings) throws IOException {
        var all = new HashMap<String, Map<String, Map<String, String>>>();
        for (Resource file : files.getResources(settings.models() + "*_*.properties")) {
            String[] parts = name(file).replace(".properties", "").split("_", 2);
            var texts = new Properties();
            texts.load(new java.io.StringReader(file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8)));
            var byElement = new TreeMap<String, String>();
            texts.stringPropertyNames().forEach(key -> byElement.put(key, texts.getProperty(key)));
            all.computeIfAbsent(parts[0], process -> new TreeMap<>()).put(parts[1], byElement);
        }
        return all;
    }

    private static String name(Resource file) {
        return String.valueOf(file.getFilename());
    }
}
