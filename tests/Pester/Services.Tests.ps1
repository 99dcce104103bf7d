BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $examples = Join-Path $manifests 'examples'
}

Describe 'Services and Ingresses' {
    It 'tells who reaches what is behind a Service' {
        $example = Join-Path $examples 'three-tier-application'
        $to = @(Get-NetPolReachability $example -To svc/mysqldb)
        $to | Should -HaveCount 1
        "$($to[0])" | Should -Be 'default/flaskback -> default/mysqldb: TCP 3306'
        $to[0].Notes | Should -BeLike 'through Service default/mysqldb*'
    }

    It 'refuses a Service as a source' {
        { Get-NetPolReachability $threeTier -From svc/web } | Should -Throw '*Services send nothing*'
    }

    It 'warns of an Ingress that policies cut off and shows a controller that is not in the input' {
        $example = Join-Path $examples 'cppserver-ingress'
        $files = 'server.yaml', 'policy.yaml' | ForEach-Object { Join-Path $example $_ }
        $line = Get-NetPolReachability $files -From ingress-controller -IncludeDenied -WarningVariable warnings -WarningAction SilentlyContinue
        "$line" | Should -Be '{ingress-controller} -> cppserver/cppserver: None'
        $line.SourceKind | Should -Be 'IngressController'
        $warnings | Should -BeLike '*Ingress cppserver/cppserver: It leads to cppserver/cppserver* on TCP 8080*'
    }

    It 'answers one question about a Service' {
        $example = Join-Path $examples 'three-tier-application'
        Test-NetPolReachability $example -From flaskback -To svc/mysqldb -Port 3306 | Should -BeTrue
        Test-NetPolReachability $example -From bb2 -To svc/mysqldb | Should -BeFalse
    }
}
