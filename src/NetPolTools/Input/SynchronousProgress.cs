using NetPolTools.Reading;

namespace NetPolTools.Input;

/// <summary>Progress&lt;T&gt; would report from another thread, and cmdlets must not write from one.</summary>
internal sealed class SynchronousProgress(Action<ReadingProgress> onProgress) : IProgress<ReadingProgress>
{
    public void Report(ReadingProgress value) => onProgress(value);
}
