/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a container, head first and then file by file; the layout stands in
 * container_read.c. Nothing is written that would not be accepted again.
 */
#include "container.h"

#include "bytes.h"

enum { VERSION = 1, LENGTHS_BYTES = 13 };

static enum aula_code check_sizes(size_t package_size, size_t manifest_size,
                                  const struct manifest_row *rows, size_t count,
                                  struct aula_error *err)
{
    uint64_t size = LENGTHS_BYTES;

    if (package_size > PACKAGE_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "container: package too large");
    }
    if (manifest_size > MANIFEST_BYTES_MAX || count > MANIFEST_FILES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "container: too many files");
    }
    size += package_size + manifest_size;
    for (size_t i = 0; i < count; i++) {
        size += rows[i].size;
    }
    if (size > CONTAINER_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "container: %llu bytes, at most %d may be",
                         (unsigned long long)size, CONTAINER_BYTES_MAX);
    }
    return AULA_OK;
}

static enum aula_code write_length(const struct container_sink *sink,
                                   size_t length, struct aula_error *err)
{
    uint8_t number[4];

    put_le32(number, (uint32_t)length);
    return sink->write(sink->context, number, sizeof number, err);
}

enum aula_code
container_write_start(struct container_writer *writer,
                      const struct container_sink *sink, const uint8_t *package,
                      size_t package_size, const uint8_t *manifest,
                      size_t manifest_size, const struct manifest_row *rows,
                      size_t count, struct aula_error *err)
{
    static const uint8_t head[] = {'A', 'U', 'L', 'E', VERSION};
    enum aula_code code = check_sizes(package_size, manifest_size, rows, count,
                                      err);

    *writer = (struct container_writer){*sink, rows, count, 0};
    if (code == AULA_OK) {
        code = sink->write(sink->context, head, sizeof head, err);
    }
    if (code == AULA_OK) {
        code = write_length(sink, package_size, err);
    }
    if (code == AULA_OK) {
        code = sink->write(sink->context, package, package_size, err);
    }
    if (code == AULA_OK) {
        code = write_length(sink, manifest_size, err);
    }
    if (code == AULA_OK) {
        code = sink->write(sink->context, manifest, manifest_size, err);
    }
    return code;
}

enum aula_code container_write_file(struct container_writer *writer,
                                    const uint8_t *bytes, size_t size,
                                    struct aula_error *err)
{
    enum aula_code code;

    if (container_is_written(writer)) {
        return aula_fail(err, AULA_CONTENT_FILE,
                         "container: all files are written");
    }
    code = manifest_check_file(&writer->rows[writer->next], bytes, size, err);
    if (code == AULA_OK && size > 0) {
        code = writer->sink.write(writer->sink.context, bytes, size, err);
    }
    if (code == AULA_OK) {
        writer->next++;
    }
    return code;
}

bool container_is_written(const struct container_writer *writer)
{
    return writer->next == writer->count;
}
