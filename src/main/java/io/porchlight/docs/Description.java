package io.porchlight.docs;

import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Puts what {@code openapi/api.yaml} says onto what springdoc found in the controllers. Orders and milestones are read by
 * our own parser, of which springdoc sees nothing; and prose, examples and problem details would drown the controllers.
 */
@Component
class Description implements OpenApiCustomizer {

    private static final String FILE = "openapi/api.yaml";

    /** What every operation may answer, by its status. */
    private static final Map<String, String> ALWAYS = Map.of("401", "Unauthorized", "503", "Unavailable");

    private static final Map<String, String> WITH_A_BODY = Map.of("413", "TooLarge", "415", "NotJson");

    @Override
    public void customise(OpenAPI found) {
        var written = read();
        found.info(written.getInfo())
                .tags(written.getTags())
                .security(written.getSecurity())
                .servers(List.of(new Server().url("/")));
        found.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> describe(operation, written, path, method)));
        found.setComponents(components(found, written));
    }

    private static OpenAPI read() {
        try (var file = new ClassPathResource(FILE).getInputStream()) {
            return Yaml.mapper().readValue(file, OpenAPI.class);
        } catch (IOException broken) {
            throw new IllegalStateException(FILE + " cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static void describe(Operation found, OpenAPI written, String path, PathItem.HttpMethod method) {
        var item = written.getPaths().get(path);
        var said = item == null ? null : item.readOperationsMap().get(method);
        // A test tells who forgets to describe a new operation; people can use it meanwhile.
        if (said == null) {
            return;
        }
        found.tags(said.getTags())
                .operationId(said.getOperationId())
                .summary(said.getSummary())
                .description(said.getDescription());
        if (said.getRequestBody() != null) {
            found.setRequestBody(said.getRequestBody());
        }
        if (found.getParameters() != null) {
            found.getParameters().forEach(parameter -> describe(parameter, written));
        }
        found.setResponses(responses(said, body(found)));
    }

    private static void describe(Parameter found, OpenAPI written) {
        var said = written.getComponents().getParameters().get(found.getName());
        if (said != null) {
            found.description(said.getDescription()).schema(said.getSchema()).example(said.getExample());
        }
    }

    /** What the controller's own return type looks like. */
    private static @Nullable Content body(Operation found) {
        return found.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null && !content.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static ApiResponses responses(Operation said, @Nullable Content body) {
        var all = new TreeMap<String, ApiResponse>();
        said.getResponses().forEach((status, response) -> {
            boolean bare = response.get$ref() == null && response.getContent() == null;
            if (bare && status.equals("200") && body != null) {
                var json = body.values().iterator().next();
                response.setContent(new Content().addMediaType("application/json", json));
            }
            all.put(status, response);
        });
        ALWAYS.forEach((status, name) -> all.putIfAbsent(status, reference(name)));
        if (said.getRequestBody() != null) {
            WITH_A_BODY.forEach((status, name) -> all.putIfAbsent(status, reference(name)));
        }
        var responses = new ApiResponses();
        responses.putAll(all);
        return responses;
    }

    private static ApiResponse reference(String name) {
        return new ApiResponse().$ref("#/components/responses/" + name);
    }

    /** Where both describe the same, the file wins. */
    private static Components components(OpenAPI found, OpenAPI written) {
        var components = written.getComponents();
        components.setParameters(null);
        if (found.getComponents() != null && found.getComponents().getSchemas() != null) {
            found.getComponents()
                    .getSchemas()
                    .forEach((name, schema) -> components.getSchemas().putIfAbsent(name, schema));
        }
        return components;
    }
}
