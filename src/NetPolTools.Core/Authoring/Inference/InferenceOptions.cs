namespace NetPolTools.Authoring.Inference;

/// <summary>What <see cref="PolicyInference"/> makes policies for.</summary>
public sealed record InferenceOptions
{
    /// <summary>The namespaces that get policies, by name; null for those that the traffic mentions.</summary>
    public IReadOnlyCollection<string>? Namespaces { get; init; }

    /// <summary>The directions that are closed but for what is asked; in the other one nothing changes.</summary>
    public DenyDirection Direction { get; init; }
}
