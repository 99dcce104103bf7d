namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>What a kubeconfig says leads to no login; the message is for the user.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
