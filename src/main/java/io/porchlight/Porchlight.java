package io.porchlight;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts Porchlight. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Porchlight {

    public static void main(String[] args) {
        LastResort.after(Duration.ofSeconds(30));
        SpringApplication.run(Porchlight.class, args);
    }
}
