package io.porchlight.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * The application runs without its cluster. No job streams are opened, for Camunda's client does not always stop when one
 * could not be ({@code LastResort} says why).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@TestPropertySource(
        properties = {
            "porchlight.engine.mode=remote",
            "camunda.client.grpc-address=http://127.0.0.1:1",
            "camunda.client.rest-address=http://127.0.0.1:1",
            "camunda.client.worker.defaults.stream-enabled=false"
        })
public @interface ClusterAway {}
