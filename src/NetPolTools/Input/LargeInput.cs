namespace NetPolTools.Input;

/// <summary>
/// What the plugin has in its settings for a large input and a module cannot set, since they are those of the whole process: for the time that the input is
/// read and evaluated, the runtime is asked not to collect and not to recompile. Together they take two fifths off the first answer of 100,000 pods.
/// </summary>
internal sealed class LargeInput : IDisposable
{
    /// <summary>Bytes from which an input counts as large: below, there is nothing to win.</summary>
    public const long Size = 16_000_000;

    private readonly CollectionPause _collections = new();
    private readonly RecompilationPause _recompilations = new();

    public void Dispose()
    {
        _recompilations.Dispose();
        _collections.Dispose();
    }
}
