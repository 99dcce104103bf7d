using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Validation;
using NetPolTools.Writing;

namespace NetPolTools.Policies;

/// <summary>A policy API: reads its objects and knows what they mean in the model that all APIs share. Immutable.</summary>
public abstract class PolicyDialect
{
    /// <summary>As messages write it.</summary>
    public abstract string Name { get; }

    /// <summary>The plugin whose own API this is, by its id in the plugin catalogue; null for an API that several plugins enforce.</summary>
    public virtual string? Engine => null;

    /// <summary>Every kind that is read: policies, and what they refer to.</summary>
    public abstract ImmutableArray<PolicyResource> Resources { get; }

    /// <summary>The same for reading manifests.</summary>
    internal IEnumerable<ObjectKind> Kinds => Resources.Select(resource =>
        new ObjectKind(resource.Group, resource.Kind, resource.IsNamespaced, [.. resource.Versions], _ => NewDraft(resource)));

    /// <summary>The order of the engine with this API as the settings in the input have it.</summary>
    /// <param name="layout">As by default.</param>
    /// <param name="snapshot">The input.</param>
    public virtual EngineLayout Adapt(EngineLayout layout, Snapshot.ClusterSnapshot snapshot) => layout with { Own = this };

    /// <summary>A cluster with what is staged of this API in effect; the same snapshot where nothing is.</summary>
    public virtual Snapshot.ClusterSnapshot WithStaged(Snapshot.ClusterSnapshot snapshot) => snapshot;

    /// <summary>Translates every policy of this dialect that a cluster has.</summary>
    /// <param name="context">The cluster and the engine, and takes what cannot be translated exactly.</param>
    public abstract IEnumerable<TieredPolicy> Translate(TranslationContext context);

    /// <summary>
    /// The NetworkPolicies that the engine with this API reads otherwise than the Kubernetes API has them, each with what it comes to: they stand in the stack
    /// like policies of the engine's own.
    /// </summary>
    public virtual IEnumerable<(NetworkPolicy Policy, IEnumerable<TieredPolicy> Translated)> TakeOver(TranslationContext context) => [];

    /// <summary>Whether an object has the settings of the engine with this API.</summary>
    public virtual bool IsSettings(PluginTrace found) => false;

    /// <summary>Whether a NetworkPolicy names what pods have under the engine with this API alone.</summary>
    public virtual bool IsMeantFor(NetworkPolicy policy) => false;

    /// <summary>An object of this dialect as a manifest that reads back as the same; null where it is not kept whole.</summary>
    public virtual ManifestMap? ManifestOf(PolicyObject found) => null;

    /// <summary>What the API server would refuse in an object of this dialect; nothing where that is not known.</summary>
    public virtual IReadOnlyList<FieldError> Check(PolicyObject found) => [];

    /// <summary>What the API server takes in an object of this dialect, and people do not mean; nothing where that is not known.</summary>
    public virtual IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Warn(PolicyObject found) => [];

    /// <summary>Reads an object of one of <see cref="Resources"/>.</summary>
    /// <exception cref="NotSupportedException">A dialect without resources reads nothing.</exception>
    internal virtual ObjectDraft NewDraft(PolicyResource resource) => throw new NotSupportedException($"{Name} reads no {resource.Kind}.");
}
