package io.porchlight.chaos;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** Says once, when all tests are over, what was broken and what came of it. */
final class Summary implements BeforeAllCallback, CloseableResource {

    @Override
    public void beforeAll(ExtensionContext test) {
        test.getRoot().getStore(Namespace.create(Summary.class)).getOrComputeIfAbsent(Summary.class, first -> this);
    }

    @Override
    public void close() {
        Report.sumUp();
    }
}
