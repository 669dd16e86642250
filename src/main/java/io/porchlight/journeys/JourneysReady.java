package io.porchlight.journeys;

/** The models are deployed, journeys can start. */
public record JourneysReady() {}
