namespace NetPolTools.Policies;

/// <summary>A policy API: knows what its objects mean in the model that all APIs share. Immutable.</summary>
public abstract class PolicyDialect
{
    /// <summary>As messages write it.</summary>
    public abstract string Name { get; }

    /// <summary>Translates every policy of this dialect that a cluster has.</summary>
    /// <param name="context">The cluster and the engine, and takes what cannot be translated exactly.</param>
    public abstract IEnumerable<TieredPolicy> Translate(TranslationContext context);
}
