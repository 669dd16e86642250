package io.porchlight.processtest;

import java.util.List;
import java.util.Locale;

/** What Camunda's search endpoints offer, with the columns that this engine's records can fill; the first one is the key. */
enum Table {
    PROCESS_DEFINITIONS(
            "processDefinitionKey processDefinitionId name version versionTag resourceName tenantId" + " hasStartForm"),
    PROCESS_INSTANCES("processInstanceKey processDefinitionKey processDefinitionId processDefinitionName"
            + " processDefinitionVersion state startDate endDate tenantId"),
    ELEMENT_INSTANCES("elementInstanceKey processInstanceKey processDefinitionKey processDefinitionId elementId"
            + " elementName type state startDate endDate tenantId"),
    SEQUENCE_FLOWS("sequenceFlowId processInstanceKey processDefinitionKey processDefinitionId elementId tenantId"),
    VARIABLES("variableKey name value scopeKey processInstanceKey tenantId isTruncated"),
    INCIDENTS("incidentKey processInstanceKey processDefinitionKey processDefinitionId elementId elementInstanceKey"
            + " errorType errorMessage jobKey state creationTime tenantId"),
    MESSAGE_SUBSCRIPTIONS("messageSubscriptionKey messageSubscriptionState messageName correlationKey"
            + " processInstanceKey processDefinitionKey processDefinitionId elementId elementInstanceKey"
            + " lastUpdatedDate tenantId"),
    CORRELATED_MESSAGE_SUBSCRIPTIONS("messageKey subscriptionKey messageName correlationKey correlationTime partitionId"
            + " processInstanceKey processDefinitionKey processDefinitionId elementId elementInstanceKey tenantId"),
    DECISION_INSTANCES("decisionEvaluationInstanceKey decisionEvaluationKey state evaluationDate evaluationFailure"
            + " decisionDefinitionKey decisionDefinitionId decisionDefinitionName decisionDefinitionVersion"
            + " decisionDefinitionType result evaluatedInputs matchedRules processDefinitionKey processInstanceKey"
            + " elementInstanceKey tenantId");

    private final String columns;

    Table(String columns) {
        this.columns = columns;
    }

    /** By its name in an address, {@code process-instances}. */
    static Table named(String path) {
        try {
            return valueOf(path.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException("a search for " + path, e);
        }
    }

    List<String> columns() {
        return List.of(columns.split(" "));
    }

    /** The column, if this table has it: a name it does not know must never pass as "none found". */
    String column(String name) {
        if (!columns().contains(name)) {
            throw new UnsupportedOperationException(name + " of " + this);
        }
        return name;
    }
}
