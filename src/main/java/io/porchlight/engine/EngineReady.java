package io.porchlight.engine;

/**
 * An engine is ready to take commands: published after each start of the local broker, and once for a remote cluster.
 *
 * @param epoch names one life of the engine's data; another epoch means that the engine knows no journey any more
 */
public record EngineReady(String epoch) {}
