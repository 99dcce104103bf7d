namespace NetPolTools.Live;

/// <summary>A context of a kubeconfig.</summary>
/// <param name="Name">What --context takes.</param>
/// <param name="Namespace">The namespace it stands in; null where it names none.</param>
public sealed record KubeconfigContext(string Name, string? Namespace);
