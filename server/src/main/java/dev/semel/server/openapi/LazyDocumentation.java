package dev.semel.server.openapi;

import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes springdoc's beans when the document is asked for. At the start they would take a fifth of the processor's time. */
final class LazyDocumentation implements BeanFactoryPostProcessor {
    private static final String SPRINGDOC = "org.springdoc.";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        Stream.of(factory.getBeanDefinitionNames())
                .map(factory::getBeanDefinition)
                .filter(LazyDocumentation::isSpringdocs)
                .forEach(definition -> definition.setLazyInit(true));
    }

    private static boolean isSpringdocs(BeanDefinition definition) {
        return Stream.of(definition.getBeanClassName(), definition.getFactoryBeanName())
                .anyMatch(name -> name != null && name.startsWith(SPRINGDOC));
    }
}
