package io.porchlight.database;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test on each database; the fact modules are started once per database and test class. */
final class EachDatabase implements TestTemplateInvocationContextProvider {

    private static final Namespace FACTS = Namespace.create(EachDatabase.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext test) {
        var ofClass = test.getParent().orElseThrow().getStore(FACTS);
        return Stream.of(Database.values())
                .map(database -> new On(
                        database,
                        ofClass.getOrComputeIfAbsent(database, key -> Facts.startedOn(database), Facts.class)));
    }

    /** One run on one database. */
    private record On(Database database, Facts facts)
            implements TestTemplateInvocationContext, ParameterResolver, BeforeEachCallback {

        @Override
        public String getDisplayName(int number) {
            return database.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public void beforeEach(ExtensionContext test) {
            facts.forget();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return facts.has(parameter.getParameter().getType());
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return facts.get(parameter.getParameter().getType());
        }
    }
}
