namespace NetPolTools.Input;

/// <summary>
/// What the plugin has in its settings for a large input and a module cannot set, since they are those of the whole process: for the time that the input is
/// read and evaluated, the runtime is asked not to recompile and not to collect. Together they take two fifths off the first answer of 100,000 pods.
/// </summary>
internal sealed class LargeInput : IDisposable
{
    /// <summary>Bytes; soon, since the runtime begins to count calls a tenth of a second after a program seems to have started.</summary>
    private const long WithoutRecompiling = 2_000_000;

    /// <summary>Bytes; below, there is nothing to win.</summary>
    private const long WithoutCollecting = 16_000_000;

    private RecompilationPause? _recompilations;
    private CollectionPause? _collections;

    /// <summary>Told as the input is read.</summary>
    public void OnRead(long bytes)
    {
        if (bytes >= WithoutRecompiling)
            _recompilations ??= new RecompilationPause();
        if (bytes >= WithoutCollecting)
            _collections ??= new CollectionPause();
    }

    public void Dispose()
    {
        _recompilations?.Dispose();
        _collections?.Dispose();
    }
}
