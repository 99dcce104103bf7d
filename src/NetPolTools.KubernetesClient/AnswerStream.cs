using NetPolTools.Reading;

namespace NetPolTools.KubernetesClient;

/// <summary>The body of an answer while it is still arriving, for readers that block: cancelling ends a read that waits.</summary>
internal sealed class AnswerStream(Stream body, CancellationToken cancellation) : ReadOnlyStream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        var reading = body.ReadAsync(buffer.AsMemory(offset, count), cancellation);
        return reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
